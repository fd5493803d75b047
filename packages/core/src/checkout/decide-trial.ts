import type { CheckoutRecord } from "../language/checkout-record.js";
import type { Subscription } from "../language/subscription.js";
import { hasUsedTrial } from "../language/subscription-predicates.js";

/** What stands between a customer and a free trial. */
export type TrialStanding =
  | "free"
  /** It was used; there is one per customer, whatever the plan. */
  | "used"
  /** Another open checkout offers it: that one has to be closed first, or it was paid meanwhile. */
  | { readonly offeredBy: readonly CheckoutRecord[] };

/**
 * Whether a customer may be offered a trial.
 *
 * @param input.checkouts what `listTrialCheckouts` gives
 * @param input.slot the slot of the checkout in question: a slot has only one open anyway
 * @param input.staysOpen providers that can't close a checkout: one of the same slot may still be paid as well
 * @example
 * decideTrial({ subscriptions: [], checkouts: [], slot: "plan:main" }); // "free"
 */
export function decideTrial(input: {
  readonly subscriptions: readonly Pick<Subscription, "trialEndsAt">[];
  readonly checkouts: readonly CheckoutRecord[];
  readonly slot: string;
  /** @default none */
  readonly staysOpen?: readonly string[];
}): TrialStanding {
  if (isTrialUsed(input)) return "used";
  return offeredBy(input.checkouts.filter(hasTrialDays), input);
}

/** Which of these checkouts may still be paid as well. */
export function offeredBy(
  checkouts: readonly CheckoutRecord[],
  { slot, staysOpen = [] }: { readonly slot: string; readonly staysOpen?: readonly string[] },
): "free" | { readonly offeredBy: readonly CheckoutRecord[] } {
  const open = checkouts.filter(
    (one) => one.status === "open" && (one.slot !== slot || staysOpen.includes(one.provider)),
  );
  return open.length === 0 ? "free" : { offeredBy: open };
}

/** Those with an intro are in the same list. */
function hasTrialDays({ trialDays }: CheckoutRecord): boolean {
  return trialDays > 0;
}

/** A checkout that offered one may be complete before its subscription is known. */
export function isTrialUsed(input: {
  readonly subscriptions: readonly Pick<Subscription, "trialEndsAt">[];
  readonly checkouts: readonly CheckoutRecord[];
}): boolean {
  const given = input.checkouts.filter(hasTrialDays);
  return hasUsedTrial(input.subscriptions) || given.some(({ status }) => status === "complete");
}
