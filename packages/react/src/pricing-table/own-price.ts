import type { Currency, PlanDescription, PriceDescription, SubscriptionSummary } from "@tollgate/core";

/**
 * The plan as a subscriber has it: what they pay stands in the place of today's price, which may have changed
 * since, or be in another currency than the one that is shown.
 */
export function withOwnPrice(
  plan: PlanDescription,
  held: SubscriptionSummary | null,
  shown: Currency | null,
): PlanDescription {
  if (held?.planId !== plan.id) return plan;
  const own = ownPriceOf(plan, held);
  const others = plan.prices.filter(({ interval }) => interval !== held.interval && held.currency === shown);
  return { ...plan, prices: own === null ? others : [own, ...others].sort(monthFirst) };
}

/** `null` where the provider has no single amount for it. */
export function ownPriceOf(plan: PlanDescription, held: SubscriptionSummary): PriceDescription | null {
  const { interval, unitAmount, quantity } = held;
  if (unitAmount === null) return null;
  const today = plan.prices.find((price) => price.interval === interval) ?? plan.prices[0];
  return today?.model === "per_seat"
    ? { ...today, interval, amount: unitAmount }
    : { interval, amount: unitAmount * quantity, model: "flat", minimumQuantity: 1, maximumQuantity: 1 };
}

function monthFirst(one: PriceDescription, other: PriceDescription): number {
  return one.interval === other.interval ? 0 : one.interval === "month" ? -1 : 1;
}
