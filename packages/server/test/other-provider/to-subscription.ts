import {
  type Catalog,
  type FoundSubscription,
  groupOf,
  type OwnerStamp,
  type ProviderCustomer,
  type ProviderSubscription,
  plainSubscription,
} from "@tollgate/core";
import type { Account, Customer, Subscription } from "./account.js";
import { priceOf } from "./acts.js";
import { catalogIdOf, type PriceIds } from "./mapped-prices.js";

/** What is read with: whose account it is, and what of it is ours. */
export interface View {
  readonly account: Account;
  readonly provider: string;
  readonly prices: PriceIds;
  /** The groups of the plans that are mapped. */
  readonly groups: Readonly<Record<string, string>>;
}

export function groupsOf({ plans }: Catalog): View["groups"] {
  return Object.fromEntries(Object.entries(plans).map(([id, plan]) => [id, groupOf(plan)]));
}

export function toSubscription(view: View, one: Subscription): ProviderSubscription | "foreign" {
  const price = priceOf(view.account, one.priceId);
  const planId = catalogIdOf(view.prices, one.priceId);
  const group = planId === null ? undefined : view.groups[planId];
  if (planId === null || group === undefined || price.interval === null) return "foreign";
  const isTrial = one.trialEndsAt !== null && one.trialEndsAt > view.account.now().toISOString();
  const period = { start: one.startedAt, end: one.periodEnd };
  const { pastDueSince, countedFrom, ...plain } = plainSubscription;
  const line = { planId, group, interval: price.interval, quantity: one.quantity, currentPeriod: period };
  return {
    ...plain,
    ...line,
    id: one.id,
    provider: view.provider,
    providerCustomerId: one.customerId,
    currency: price.currency as ProviderSubscription["currency"],
    status: one.endedAt === null ? (isTrial ? "trialing" : "active") : "ended",
    items: [{ id: `${one.id}_1`, priceId: price.id, unitAmount: price.amount, ...line }],
    startedAt: one.startedAt,
    cancelAt: one.cancelAtPeriodEnd ? one.periodEnd : null,
    endedAt: one.endedAt,
    trialEndsAt: one.trialEndsAt,
    origin: one.byCheckout ? "checkout" : "provider",
  };
}

export function toFound(view: View, one: Subscription): FoundSubscription {
  const customer = view.account.customers.get(one.customerId);
  if (customer === undefined) throw new Error(`There is no customer ${one.customerId}.`);
  return {
    id: one.id,
    customer: toCustomer(customer),
    stamp: toStamp(one.custom),
    state: toSubscription(view, one),
    createdAt: one.startedAt,
    endedAt: one.endedAt,
    priceIds: [one.priceId],
  };
}

export function toCustomer({ id, email, custom }: Customer): ProviderCustomer {
  const stamp = toStamp(custom);
  return {
    providerCustomerId: id,
    customerId: stamp.customerId,
    stamp,
    email,
    name: null,
    metadata: Object.assign(Object.create(null), custom),
    deleted: false,
  };
}

export function toStamp({
  customer = null,
  app = null,
  database = null,
}: Record<string, string | null>): OwnerStamp {
  return { customerId: customer, app, database };
}
