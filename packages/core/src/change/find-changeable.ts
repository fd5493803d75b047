import { BillingError } from "../language/errors.js";
import { holdsGroup } from "../language/plan-lines.js";
import type { Subscription, SubscriptionItem } from "../language/subscription.js";
import { hasEnded, isTrialOver } from "../language/subscription-predicates.js";
import { holderOf } from "../offer/holder-of.js";

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
export function findChangeable(subscriptions: readonly Subscription[], group: string): Changeable {
  const held = holderOf(subscriptions, group)?.subscription;
  const subscription = held ?? subscriptions.findLast((one) => holdsGroup(one, group));
  if (subscription === undefined) throw nothing();
  const item = subscription.items.find((one) => one.planId !== null && one.group === group);
  checkStanding(subscription);
  // What it billed has left the catalog: nobody can say what it would become.
  if (item === undefined) throw nothing();
  return { subscription, item };
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
