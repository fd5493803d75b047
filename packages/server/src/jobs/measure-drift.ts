import { readDrift } from "../health/read-drift.js";
import type { JobHandler } from "./job-handler.js";

/** The age of `billing.health().drift`, for whoever watches it over time. A provider that was never compared has none. */
export const measureDrift: JobHandler<"measure_drift"> = async (context) => {
  const { telemetry } = context;
  for (const [provider, { oldestUndetectedSeconds: age }] of Object.entries(await readDrift(context))) {
    if (age !== null) telemetry.measure("tollgate.drift.age", age, { "tollgate.provider": provider });
  }
};
