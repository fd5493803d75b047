import type { Metric, Telemetry } from "./telemetry.js";

/** Reports one run of a callback or a job, and how it ended; what it throws rises. */
export function observeRun<T>(
  telemetry: Telemetry,
  run: { readonly name: string; readonly metric: Metric; readonly type: string },
  work: () => Promise<T>,
): Promise<T> {
  const attributes = { "tollgate.type": run.type };
  return telemetry.trace(run.name, attributes, async () => {
    let outcome = "failed";
    try {
      const result = await work();
      outcome = "succeeded";
      return result;
    } finally {
      telemetry.measure(run.metric, 1, { ...attributes, "tollgate.outcome": outcome });
    }
  });
}
