/** Why customers leave, in the choices that Stripe's own pages give them too. */
export const cancelReasons = [
  "too_expensive",
  "missing_features",
  "switched_service",
  "unused",
  "customer_service",
  "too_complex",
  "low_quality",
  "other",
] as const;

/** Why a customer leaves: one of a closed list, so that it can be counted. */
export type CancelReason = (typeof cancelReasons)[number];

/** What a customer said when they cancelled. */
export interface Cancellation {
  /** `null`: they didn't say. */
  readonly reason: CancelReason | null;
  /** In their own words; `null`: none. */
  readonly feedback: string | null;
}
