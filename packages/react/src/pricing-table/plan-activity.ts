import type { BillingError } from "@tollgate/core";

/** What pressing a plan's button led to. */
export type PlanActivity =
  | { readonly state: "idle" }
  | { readonly state: "opening" }
  | { readonly state: "failed"; readonly error: BillingError | null };
