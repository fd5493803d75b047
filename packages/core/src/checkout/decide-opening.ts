import type { CheckoutRecord } from "../language/checkout-record.js";
import type { Subscription } from "../language/subscription.js";
import { decideIntro } from "./decide-intro.js";
import { decideTrial, type TrialStanding } from "./decide-trial.js";

/** What becomes of a checkout that was created at the provider. */
export interface Opening {
  /** What to write; `null`: nothing. */
  readonly save: CheckoutRecord | null;
  /** The open checkout of the slot; `null`: this one must be closed at the provider. */
  readonly opened: CheckoutRecord | null;
}

/**
 * Whether a checkout that was created at the provider may be the open one of its slot: only if it follows the one that
 * was known when it was created, and only if no other one offers the customer's one trial or intro.
 *
 * @param input.after the id of the slot's latest one as it was known when this one was created
 * @param input.latest the slot's latest one now
 * @param input.subscriptions the customer's; like `checkouts` it matters only to one that offers a trial or an intro
 * @param input.checkouts what `listTrialCheckouts` gives
 * @param input.staysOpen providers that can't close a checkout. @default none
 * @example
 * function isFirst(checkout: CheckoutRecord): boolean {
 *   const nothing = { after: null, latest: null, subscriptions: [], checkouts: [] };
 *   return decideOpening({ ...nothing, checkout }).opened === checkout; // true
 * }
 */
export function decideOpening(input: {
  readonly checkout: CheckoutRecord;
  readonly after: string | null;
  readonly latest: CheckoutRecord | null;
  readonly subscriptions: readonly Pick<Subscription, "trialEndsAt" | "status">[];
  readonly checkouts: readonly CheckoutRecord[];
  readonly staysOpen?: readonly string[];
}): Opening {
  const { checkout, after, latest } = input;
  if (latest?.id === checkout.id) {
    return { save: null, opened: latest.status === "open" ? latest : null };
  }
  if ((latest?.id ?? null) !== after) return { save: null, opened: null };
  if (standingOf(input) === "free") return { save: checkout, opened: checkout };
  // Whoever opened the same one at the same time finds it closed, and does not use it.
  return { save: { ...checkout, status: "expired", url: null }, opened: null };
}

function standingOf(input: Parameters<typeof decideOpening>[0]): TrialStanding {
  const { slot, trialDays, intro } = input.checkout;
  if (intro) return decideIntro({ ...input, slot });
  return trialDays === 0 ? "free" : decideTrial({ ...input, slot });
}
