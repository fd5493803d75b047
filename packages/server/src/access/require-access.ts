import {
  type AccessCheck,
  BillingError,
  type DenialReason,
  type ErrorCode,
  type FeatureCap,
} from "@tollgate/core";

/**
 * Lets the request pass, or throws the refusal that the check stands for.
 *
 * @throws BillingError `unauthenticated` (401), `upgrade_required`, `limit_reached`, `payment_required`
 * (402), `forbidden` (403: no plan for sale has it), `store_unavailable` (503: closed by the outage policy).
 */
export function requireAccess(feature: string, check: AccessCheck): void {
  if (!check.allowed) throw toRefusal(feature, check);
}

/** The error that a closed feature stands for, with everything that the check says. */
export function toRefusal(feature: string, check: Extract<AccessCheck, { allowed: false }>): BillingError {
  const { reason, upgradeTo, limit, used = 0, held = 0, resetsAt = null, unlocks = [], cap } = check;
  const beyondEveryPlan = reason === "not_in_plan" && upgradeTo === null && unlocks.length === 0;
  const isCapped = reason === "limit_reached" && cap !== undefined;
  const [code, message] = beyondEveryPlan ? beyond : isCapped ? capped(cap) : refusals[reason];
  return new BillingError(code, message, {
    details: { feature, reason, upgradeTo, limit, used, held, resetsAt, ...(cap && { cap }), unlocks },
  });
}

const beyond = ["forbidden", "No plan on offer includes this."] as const;

/** Whose cap ended the use, and who can raise it. */
export function capped({ setBy }: FeatureCap): readonly [ErrorCode, string] {
  return ["limit_reached", cappedBy[setBy]];
}

const cappedBy = {
  plan: "You have reached the most that your plan allows beyond what it includes. Whoever runs this app can raise it.",
  app: "You have reached the cap that was set for you on use beyond your plan. Whoever runs this app can raise it.",
  customer:
    "You have reached your own cap on use beyond your plan. Whoever manages your billing can raise it.",
} as const satisfies Record<FeatureCap["setBy"], string>;

const refusals = {
  signed_out: ["unauthenticated", "Sign in first."],
  not_in_plan: ["upgrade_required", "Your plan does not include this."],
  limit_reached: ["limit_reached", "You have used all that your plan includes."],
  payment_failed: ["payment_required", "A payment failed. Update the payment method to go on."],
  payment_incomplete: ["payment_required", "The first payment is not finished."],
  paused: ["payment_required", "The subscription is paused. Resume it to go on."],
  unavailable: ["store_unavailable", "Billing can't be read right now. Try again in a moment."],
} as const satisfies Record<DenialReason, readonly [ErrorCode, string]>;
