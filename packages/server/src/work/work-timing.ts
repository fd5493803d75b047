import type { WorkTiming } from "@tollgate/core";

/** Sixteen attempts over about a day and a half. */
export const workTiming: WorkTiming = {
  pollMs: 500,
  retryDelaySeconds: 2,
  retryBackoff: true,
  retryLimit: 15,
  attemptSeconds: 120,
  jobSeconds: 900,
  maintenanceMs: 60_000,
  stopMs: 2_000,
};
