import { BillingError } from "../language/errors.js";
import { holdsGroup } from "../language/plan-lines.js";
import type { Subscription } from "../language/subscription.js";
import { hasEnded, isLive, keepsItsGroup } from "../language/subscription-predicates.js";

/**
 * Which of a customer's subscriptions is meant: what runs before what a trial left paused, that before what has ended;
 * the main plan's before others, and of equals the latest.
 *
 * @param group only those with a plan of this group. @default any
 * @throws BillingError `nothing_to_manage` when there never was one
 * @example
 * function statusOf(subscriptions: readonly Subscription[]): string {
 *   return chooseSubscription(subscriptions).status;
 * }
 */
export function chooseSubscription(subscriptions: readonly Subscription[], group?: string): Subscription {
  const candidates = subscriptions
    .filter((one) => one.status !== "incomplete" && (group === undefined || holdsGroup(one, group)))
    .sort((a, b) => rankOf(a) - rankOf(b) || (a.startedAt < b.startedAt ? 1 : -1));
  const [chosen] = candidates;
  if (chosen !== undefined) return chosen;
  throw new BillingError("nothing_to_manage", "There is no subscription.", {
    details: group === undefined ? {} : { group },
  });
}

function rankOf(subscription: Subscription): number {
  const state = keepsItsGroup(subscription) ? 0 : isLive(subscription) ? 1 : 2;
  return state * 2 + (holdsGroup(subscription, "main") ? 0 : 1);
}

/**
 * @throws BillingError `subscription_ended`: what has ended never comes back, and is bought again
 */
export function refuseEnded(subscription: Subscription): void {
  if (!hasEnded(subscription)) return;
  throw new BillingError("subscription_ended", "The subscription has ended. Buy a plan to come back.", {
    details: { endedAt: subscription.endedAt },
  });
}

/** What the provider of a subscription doesn't do. */
export function notSupported(what: string, details: Readonly<Record<string, string>>): BillingError {
  return new BillingError("not_supported", `The payment provider can't ${what}.`, { details });
}
