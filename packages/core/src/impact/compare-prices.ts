import type { Catalog } from "../catalog/catalog.js";
import { findPlan, pricesOf } from "../catalog/prices.js";
import type { Currency } from "../language/money.js";
import { type PlanLine, planLinesOf } from "../language/plan-lines.js";
import type { Subscription } from "../language/subscription.js";
import { isLive } from "../language/subscription-predicates.js";
import { monthlyAmount } from "./monthly-amount.js";

/** What a customer pays in a month, and would pay by another catalog, in minor units and fractions of them. */
export interface MonthlyBill {
  readonly currency: Currency;
  readonly now: number;
  readonly atNewPrices: number;
}

/** One for each plan that is billed. */
export function compareBills(next: Catalog, subscriptions: readonly Subscription[]): readonly MonthlyBill[] {
  return subscriptions.filter(isBilled).flatMap((subscription) =>
    planLinesOf(subscription).flatMap((line) => {
      const { interval, unitAmount, quantity } = line;
      if (unitAmount === null) return [];
      const { currency } = subscription;
      const now = monthlyAmount(unitAmount * quantity, interval);
      return [{ currency, now, atNewPrices: priceIn(next, line, currency) ?? now }];
    }),
  );
}

/** A trial brings nothing in yet, and neither does a pause. */
function isBilled(subscription: Subscription): boolean {
  return isLive(subscription) && subscription.status !== "trialing" && subscription.pause === null;
}

function priceIn(next: Catalog, line: PlanLine, currency: Currency): number | null {
  const plan = findPlan(next, line.planId);
  const prices = plan === undefined || plan.retired === true ? [] : pricesOf(line.planId, plan);
  const price = prices.find((one) => one.interval === line.interval && one.currency === currency);
  return price === undefined ? null : monthlyAmount(price.amount * line.quantity, line.interval);
}
