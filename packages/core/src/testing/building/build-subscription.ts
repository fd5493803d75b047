import {
  type ProviderSubscription,
  plainSubscription,
  type Subscription,
  type SubscriptionItem,
} from "../../language/subscription.js";

/** A subscription to `pro` by the month in good standing, as a provider reports it; override what matters. */
export function buildProviderSubscription(
  overrides: Partial<ProviderSubscription> = {},
): ProviderSubscription {
  const { planId = "pro", group = "main", interval = "month", quantity = 1 } = overrides;
  const march = { start: "2026-03-01T00:00:00.000Z", end: "2026-04-01T00:00:00.000Z" };
  const { currentPeriod = march } = overrides;
  const line = { planId, group, interval, quantity, currentPeriod };
  const { pastDueSince, countedFrom, dunning, ...plain } = plainSubscription;
  return {
    ...plain,
    id: "sub_1",
    provider: "stripe",
    providerCustomerId: "cus_1",
    planId,
    group,
    interval,
    currency: "usd",
    status: "active",
    quantity,
    items: [{ id: "si_1", priceId: "price_1", unitAmount: 2900, ...line }],
    currentPeriod,
    startedAt: "2026-03-01T00:00:00.000Z",
    origin: "checkout",
    ...overrides,
  };
}

/**
 * The same, as the store keeps it, for customer `org_1`.
 *
 * @example
 * buildSubscription({ status: "past_due", pastDueSince: "2026-03-05T00:00:00.000Z" });
 */
export function buildSubscription(overrides: Partial<Subscription> = {}): Subscription {
  return {
    ...plainSubscription,
    customerId: "org_1",
    asOf: "2026-03-01T00:00:00.000Z",
    ...buildProviderSubscription(overrides),
    ...overrides,
  };
}

/** A second line of a subscription: the plan `care` of the group `support`; override what matters. */
export function buildCareItem(overrides: Partial<SubscriptionItem> = {}): SubscriptionItem {
  return {
    id: "si_2",
    priceId: "price_2",
    planId: "care",
    group: "support",
    interval: "month",
    quantity: 1,
    unitAmount: 500,
    currentPeriod: { start: "2026-03-01T00:00:00.000Z", end: "2026-04-01T00:00:00.000Z" },
    ...overrides,
  };
}
