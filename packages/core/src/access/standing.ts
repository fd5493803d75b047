import type { Subscription } from "../language/subscription.js";
import { isTrialOver } from "../language/subscription-predicates.js";
import { addDays, type IsoTime } from "../language/time.js";
import type { DenialReason } from "./access-state.js";

/** Whether a subscription grants its plan now, and if not, why. */
export type Standing =
  | { readonly grants: true; readonly graceEndsAt: IsoTime | null }
  | { readonly grants: false; readonly reason: DenialReason | null };

/**
 * The table of product rules: which state of a subscription opens its plan.
 *
 * | state | access |
 * |---|---|
 * | trialing, active (a scheduled cancellation included) | the plan's |
 * | past_due, paid for before | the plan's until the grace period is over |
 * | past_due, never paid for: the trial is over and its first payment failed | none of the plan's |
 * | incomplete, unpaid, paused, ended | none of the plan's |
 */
export function standingOf(subscription: Subscription, graceDays: number, now: Date): Standing {
  switch (subscription.status) {
    case "trialing":
    case "active":
      return hasRunOut(subscription, now) ? runOut : { grants: true, graceEndsAt: null };
    case "past_due":
      return hasRunOut(subscription, now) ? runOut : standingInGrace(subscription, graceDays, now);
    case "unpaid":
      return { grants: false, reason: "payment_failed" };
    case "incomplete":
      return { grants: false, reason: "payment_incomplete" };
    case "paused":
      return { grants: false, reason: isTrialOver(subscription) ? "payment_incomplete" : "paused" };
    case "ended":
      return runOut;
  }
}

const runOut: Standing = { grants: false, reason: null };

/** Grace is for those who have paid before. A record of an earlier release doesn't say: it gets the grace period. */
function standingInGrace(subscription: Subscription, graceDays: number, now: Date): Standing {
  const neverPaid = subscription.arrears !== null && subscription.arrears.paidPeriod === null;
  if (neverPaid) return { grants: false, reason: "payment_failed" };
  const graceEndsAt = addDays(subscription.pastDueSince ?? subscription.asOf, graceDays);
  return Date.parse(graceEndsAt) > now.getTime()
    ? { grants: true, graceEndsAt }
    : { grants: false, reason: "payment_failed" };
}

/** A scheduled end that has passed ends access even if the provider's event is late. */
function hasRunOut(subscription: Subscription, now: Date): boolean {
  return subscription.cancelAt !== null && Date.parse(subscription.cancelAt) <= now.getTime();
}
