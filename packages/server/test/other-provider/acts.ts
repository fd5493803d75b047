import { addDays } from "@tollgate/core";
import type { Account, Checkout, Customer, Order, Price, Subscription } from "./account.js";

/** What people do at the provider: those who pay, and those who sit at its dashboard. */

/** Pays an open checkout under an address, which makes a customer each time. */
export function pay(account: Account, key: string, email: string): Order {
  const checkout = account.checkouts.get(key)?.find(({ orderId }) => orderId === null);
  if (checkout === undefined) throw new Error(`There is no open checkout ${key}.`);
  const price = priceOf(account, checkout.priceId);
  const { custom } = checkout;
  const known = checkout.customerId === null ? undefined : account.customers.get(checkout.customerId);
  const customer = known ?? makeCustomer(account, email, custom);
  const subscription = price.interval === null ? null : subscribe(account, customer, price, checkout, true);
  const order = charge(
    account,
    customer,
    subscription,
    price.trialDays > 0 ? 0 : price.amount * checkout.quantity,
    {
      ...checkout,
      key,
      currency: price.currency,
    },
  );
  checkout.orderId = order.id;
  account.tell({ name: "order_paid", order, subscription, checkout });
  return order;
}

export function makeCustomer(account: Account, email: string, custom: Customer["custom"] = {}): Customer {
  const customer = { id: account.nextId("cust"), email, custom };
  account.customers.set(customer.id, customer);
  return customer;
}

export function subscribe(
  account: Account,
  customer: Customer,
  price: Price,
  { custom, quantity }: Pick<Checkout, "custom" | "quantity"> = { custom: {}, quantity: 1 },
  byCheckout = false,
): Subscription {
  const startedAt = account.now().toISOString();
  const trialEndsAt = price.trialDays > 0 ? addDays(startedAt, price.trialDays) : null;
  const subscription: Subscription = {
    ...{
      id: account.nextId("sub"),
      customerId: customer.id,
      custom,
      byCheckout,
      priceId: price.id,
      quantity,
    },
    ...{ startedAt, trialEndsAt, cancelAtPeriodEnd: false, endedAt: null },
    periodEnd: trialEndsAt ?? addDays(startedAt, price.interval === "year" ? 365 : 30),
  };
  account.subscriptions.set(subscription.id, subscription);
  return subscription;
}

function charge(
  account: Account,
  customer: Customer,
  subscription: Subscription | null,
  amount: number,
  { key, currency }: { readonly key: string | null; readonly currency: string },
): Order {
  const order: Order = {
    ...{ id: account.nextId("order"), customerId: customer.id, subscriptionId: subscription?.id ?? null },
    ...{ checkoutKey: key, amount, currency, refund: "none" },
  };
  account.orders.push(order);
  return order;
}

/** Whatever runs now is told of, whoever changes it. */
export function change(
  account: Account,
  id: string,
  how: Partial<Pick<Subscription, "cancelAtPeriodEnd">>,
): void {
  const subscription = subscriptionOf(account, id);
  Object.assign(subscription, how);
  account.tell({ name: "subscription_changed", order: null, subscription, checkout: null });
}

export function end(account: Account, id: string): void {
  const subscription = subscriptionOf(account, id);
  subscription.endedAt = account.now().toISOString();
  account.tell({ name: "subscription_over", order: null, subscription, checkout: null });
}

export function priceOf(account: Account, id: string): Price {
  const price = account.prices.get(id);
  if (price === undefined) throw new Error(`There is no price ${id}.`);
  return price;
}

function subscriptionOf(account: Account, id: string): Subscription {
  const subscription = account.subscriptions.get(id);
  if (subscription === undefined) throw new Error(`There is no subscription ${id}.`);
  return subscription;
}
