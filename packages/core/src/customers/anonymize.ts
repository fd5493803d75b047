import type { Callback } from "../language/callback.js";
import { isDeletedCustomer } from "../language/deletion.js";
import type { Purchase } from "../language/purchase.js";
import type { Subscription } from "../language/subscription.js";

/**
 * What is kept of a deleted customer's subscription: plan, times and prices, which say nothing of who they were. What
 * they wrote about leaving goes.
 *
 * @example
 * function keep(one: Subscription): Subscription {
 *   return anonymizeSubscription(one, "tollgate:deleted:7f0c");
 * }
 */
export function anonymizeSubscription(subscription: Subscription, reference: string): Subscription {
  const { cancellation, expiringTold: _, ...rest } = subscription;
  const said = cancellation ? { cancellation: { ...cancellation, feedback: null } } : {};
  return { ...rest, ...said, customerId: reference, dunning: null };
}

/**
 * The same for what they bought once: its amount and day stay for as long as the law says.
 *
 * @example
 * function keep(one: Purchase): Purchase {
 *   return anonymizePurchase(one, "tollgate:deleted:7f0c");
 * }
 */
export function anonymizePurchase(purchase: Purchase, reference: string): Purchase {
  return { ...purchase, customerId: reference };
}

/**
 * The callbacks that an app is told. A late event of somebody who was deleted is recorded and not told: an app that
 * keeps accounts by its callbacks would make them anew.
 *
 * @example
 * toldCallbacks([]); // []
 */
export function toldCallbacks(callbacks: readonly Callback[]): readonly Callback[] {
  const isTold = ({ type, data }: Callback) =>
    type === "customer.deleted" || !isDeletedCustomer(data.customerId);
  return callbacks.every(isTold) ? callbacks : callbacks.filter(isTold);
}
