import type { Catalog, OpenCheckoutInput, ProviderCheckout } from "@tollgate/core";
import type { Account, Checkout } from "./account.js";
import { priceOf } from "./acts.js";
import { catalogIdOf, findOffered } from "./mapped-prices.js";
import type { View } from "./to-subscription.js";

/** A checkout has no id by which anything could be asked of it: what was left in it comes back with the order. */
export function openCheckout(
  { account, prices, ...view }: View,
  app: string,
  input: OpenCheckoutInput,
  catalog: Catalog,
): ProviderCheckout {
  const { offer, customerId, providerCustomerId, database, idempotencyKey } = input;
  const price = findOffered(account, prices, offer, catalog);
  const key = idempotencyKey.replace(/[^\w-]/g, "-");
  const custom = { customer: customerId, app, database };
  const { quantity } = offer;
  const opened: Checkout = {
    custom,
    priceId: price.id,
    quantity,
    customerId: providerCustomerId,
    orderId: null,
  };
  account.checkouts.set(key, [...(account.checkouts.get(key) ?? []), opened]);
  return toCheckout({ account, prices, ...view }, key, opened);
}

export function readCheckout(view: View, key: string): ProviderCheckout | null {
  const all = view.account.checkouts.get(key) ?? [];
  // The same key may have opened two: the one that was paid is what it came to.
  const one = all.find(({ orderId }) => orderId !== null) ?? all.at(-1);
  return one === undefined ? null : toCheckout(view, key, one);
}

function toCheckout(view: View, id: string, checkout: Checkout): ProviderCheckout {
  const order = orderOf(view.account, checkout);
  const { priceId, quantity, customerId } = checkout;
  const price = priceOf(view.account, priceId);
  const productId = price.interval === null ? catalogIdOf(view.prices, priceId) : null;
  const { amount = 0, subscriptionId = null } = order ?? {};
  return {
    id,
    providerCustomerId: order?.customerId ?? customerId,
    status: order === null ? "open" : "complete",
    payment: order === null ? "unpaid" : amount === 0 ? "not_required" : "paid",
    url: order === null ? `https://other.example/overlay/${id}` : null,
    expiresAt: null,
    subscriptionId,
    product:
      productId === null
        ? null
        : { productId, quantity, amount: price.amount * quantity, currency: price.currency as "usd" },
  };
}

function orderOf({ orders }: Account, { orderId }: Checkout) {
  return orders.find(({ id }) => id === orderId) ?? null;
}
