import {
  type Catalog,
  findPlan,
  groupOf,
  type PlanId,
  plainSubscription,
  pricesOf,
  type Subscription,
} from "@tollgate/core";

const currentPeriod = { start: "2026-11-20T00:00:00.000Z", end: "2026-12-20T00:00:00.000Z" };

/**
 * A running monthly subscription to a plan, in the catalog's first currency, except for what you override.
 *
 * @example
 * subscriptionFor(plans, "pro", { cancelAt: "2026-12-20T00:00:00.000Z" });
 */
export function subscriptionFor<C extends Catalog>(
  plans: C,
  planId: PlanId<C>,
  changes: Partial<Omit<Subscription, "planId">> = {},
): Subscription {
  const plan = findPlan(plans, planId);
  const prices = plan === undefined ? [] : pricesOf(planId, plan);
  const { interval = "month", currency = prices[0]?.currency ?? "usd" } = changes;
  const price = prices.find((one) => one.interval === interval && one.currency === currency);
  const quantity = changes.quantity ?? price?.minimumQuantity ?? 1;
  const group = plan === undefined ? "main" : groupOf(plan);
  const item = { id: "si_test", priceId: "price_test", planId, group, interval, quantity, currentPeriod };
  return {
    ...plainSubscription,
    id: "sub_test",
    provider: "test",
    origin: "checkout",
    providerCustomerId: "cus_test",
    customerId: "org_1",
    planId,
    group,
    interval,
    currency,
    status: "active",
    quantity,
    items: [{ ...item, unitAmount: price?.amount ?? null }],
    currentPeriod,
    startedAt: currentPeriod.start,
    pastDueSince: changes.status === "past_due" ? currentPeriod.start : null,
    asOf: currentPeriod.start,
    ...changes,
  };
}
