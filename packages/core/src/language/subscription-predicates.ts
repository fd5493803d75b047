import type { Subscription } from "./subscription.js";

/**
 * Whether it is over for good: what has ended never comes back.
 *
 * @example
 * hasEnded({ status: "ended" }); // true
 */
export function hasEnded(subscription: Pick<Subscription, "status">): boolean {
  return subscription.status === "ended";
}

/**
 * Whether it runs now or may come back without a new checkout.
 *
 * @example
 * isLive({ status: "past_due" }); // true
 * isLive({ status: "incomplete" }); // false: its first payment never went through
 */
export function isLive(subscription: Pick<Subscription, "status">): boolean {
  return subscription.status !== "ended" && subscription.status !== "incomplete";
}

/**
 * Whether its trial ended without a payment method, so that it is paused and was never paid for: only a payment method
 * would resume it, and that comes with a new checkout.
 *
 * @example
 * isTrialOver({ status: "paused", pause: { kind: "full", resumesAt: null, reason: "trial_ended" } }); // true
 */
export function isTrialOver({ status, pause }: Pick<Subscription, "status" | "pause">): boolean {
  return status === "paused" && pause?.reason === "trial_ended";
}

/**
 * Whether it keeps its plan group from being bought: it is changed instead.
 *
 * @example
 * keepsItsGroup({ status: "past_due", pause: null }); // true
 */
export function keepsItsGroup(subscription: Pick<Subscription, "status" | "pause">): boolean {
  return isLive(subscription) && !isTrialOver(subscription);
}

/**
 * Whether the customer is in good standing: in a trial or paid up.
 *
 * @example
 * isActive({ status: "trialing" }); // true
 * isActive({ status: "past_due" }); // false
 */
export function isActive(subscription: Pick<Subscription, "status">): boolean {
  return subscription.status === "active" || subscription.status === "trialing";
}

/**
 * Whether a free trial was used, on any plan, however it went: there is one per customer.
 *
 * @example
 * hasUsedTrial([]); // false
 */
export function hasUsedTrial(subscriptions: readonly Pick<Subscription, "trialEndsAt">[]): boolean {
  return subscriptions.some(({ trialEndsAt }) => trialEndsAt !== null);
}

/**
 * Whether it ever ran: one whose first payment is still open has not.
 *
 * @example
 * hasBegun({ status: "ended" }); // true
 */
export function hasBegun(subscription: Pick<Subscription, "status">): boolean {
  return subscription.status !== "incomplete";
}
