import type { CheckoutRecord } from "../language/checkout-record.js";
import type { Subscription } from "../language/subscription.js";
import { hasBegun } from "../language/subscription-predicates.js";
import { offeredBy, type TrialStanding } from "./decide-trial.js";

/**
 * Whether a customer may be offered an intro: it is for their first subscription.
 *
 * @param input.checkouts what `listTrialCheckouts` gives
 * @param input.slot the slot of the checkout in question
 * @param input.staysOpen providers that can't close a checkout. @default none
 * @example
 * decideIntro({ subscriptions: [], checkouts: [], slot: "plan:main" }); // "free"
 * decideIntro({ subscriptions: [{ status: "ended" }], checkouts: [], slot: "plan:main" }); // "used"
 */
export function decideIntro(input: {
  readonly subscriptions: readonly Pick<Subscription, "status">[];
  readonly checkouts: readonly CheckoutRecord[];
  readonly slot: string;
  readonly staysOpen?: readonly string[];
}): TrialStanding {
  return isIntroUsed(input) ? "used" : offeredBy(input.checkouts, input);
}

/** A checkout that offered one may be complete before its subscription is known. */
export function isIntroUsed(input: {
  readonly subscriptions: readonly Pick<Subscription, "status">[];
  readonly checkouts: readonly CheckoutRecord[];
}): boolean {
  return input.subscriptions.some(hasBegun) || input.checkouts.some(({ status }) => status === "complete");
}
