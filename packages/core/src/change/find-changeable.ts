import type { Catalog } from "../catalog/catalog.js";
import { defaultGroup, findPlan, groupOf } from "../catalog/prices.js";
import { BillingError } from "../language/errors.js";
import { holderOf } from "../language/holder-of.js";
import { holdsGroup } from "../language/plan-lines.js";
import type { Subscription, SubscriptionItem } from "../language/subscription.js";
import { hasEnded, isTrialOver } from "../language/subscription-predicates.js";

/** A subscription that may be changed, with its line of the plan group. */
export interface Changeable {
  readonly subscription: Subscription;
  readonly item: SubscriptionItem;
}

/**
 * The subscription that a change of this plan group is about.
 *
 * @throws BillingError `nothing_to_manage`: there never was one; `subscription_ended`, `subscription_incomplete`,
 * `subscription_paused`, `cancel_scheduled`
 */
export function findChangeable(
  catalog: Catalog,
  subscriptions: readonly Subscription[],
  planId: string,
): Changeable {
  const subscription = subscriptionToChange(catalog, subscriptions, planId);
  if (subscription === null) throw nothing();
  checkStanding(subscription);
  const group = findPlan(catalog, planId)?.group ?? defaultGroup;
  const item = subscription.items.find((one) => one.planId !== null && one.group === group);
  // What it billed has left the catalog: nobody can say what it would become.
  if (item === undefined) throw nothing();
  return { subscription, item };
}

/**
 * The subscription that a change to this plan would be about, whether or not it may be changed; `null`: there is none.
 *
 * @example
 * function isSubscribed(subscriptions: readonly Subscription[]): boolean {
 *   return subscriptionToChange(plans, subscriptions, "pro") !== null;
 * }
 */
export function subscriptionToChange(
  catalog: Catalog,
  subscriptions: readonly Subscription[],
  planId: string,
): Subscription | null {
  const plan = findPlan(catalog, planId);
  if (plan === undefined) return null;
  const group = groupOf(plan);
  const held = holderOf(subscriptions, group)?.subscription;
  return held ?? subscriptions.findLast((one) => holdsGroup(one, group)) ?? null;
}

function nothing(): BillingError {
  return new BillingError("nothing_to_manage", "There is no subscription to change: buy a plan first.");
}

function checkStanding(subscription: Subscription): void {
  const { id: subscriptionId, cancelAt, pause, status } = subscription;
  const details = { subscriptionId };
  if (hasEnded(subscription)) {
    throw new BillingError("subscription_ended", "The subscription has ended. Buy a plan instead.", {
      details,
    });
  }
  if (status === "incomplete") {
    const message = "The subscription's first payment has not been made yet.";
    throw new BillingError("subscription_incomplete", message, { details });
  }
  if (status === "paused" || pause !== null) {
    const message = isTrialOver(subscription)
      ? "The trial ended without a payment method. Buy a plan instead."
      : "The subscription is paused. Resume it first.";
    throw new BillingError("subscription_paused", message, { details });
  }
  if (cancelAt !== null) {
    const message = "The subscription is cancelled and ends soon. Resume it first.";
    throw new BillingError("cancel_scheduled", message, { details: { ...details, cancelAt } });
  }
}
