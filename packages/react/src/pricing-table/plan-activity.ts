import type { BillingError } from "@tollgate/core";

/** What pressing the plan's button led to. */
export interface PlanActivity {
  readonly status: "idle" | "opening" | "failed";
  /** Why it failed. */
  readonly error: BillingError | null;
}
