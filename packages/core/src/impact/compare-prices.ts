import { findAddOn, findAddOnPrice } from "../catalog/add-ons.js";
import type { Catalog } from "../catalog/catalog.js";
import { findPlan, pricesOf } from "../catalog/prices.js";
import { type AddOnLine, addOnLinesOf } from "../language/add-on-lines.js";
import type { Currency } from "../language/money.js";
import { type PlanLine, planLinesOf } from "../language/plan-lines.js";
import { costOf } from "../language/price-rate.js";
import type { Subscription } from "../language/subscription.js";
import { isLive } from "../language/subscription-predicates.js";
import { monthlyAmount } from "./monthly-amount.js";

/** What a customer pays in a month, and would pay by another catalog, in minor units and fractions of them. */
export interface MonthlyBill {
  readonly currency: Currency;
  readonly now: number;
  readonly atNewPrices: number;
}

/**
 * One for each plan and add-on that is billed. What is charged for use is known only once it was used, and is no part of
 * it.
 */
export function compareBills(next: Catalog, subscriptions: readonly Subscription[]): readonly MonthlyBill[] {
  return subscriptions.filter(isBilled).flatMap((subscription) =>
    [...planLinesOf(subscription), ...addOnLinesOf(subscription)].flatMap((line) => {
      const { interval, unitAmount: amount, rate, quantity } = line;
      const paid = costOf({ amount, rate }, quantity);
      if (paid === null || interval === null) return [];
      const { currency } = subscription;
      const now = monthlyAmount(paid, interval);
      const then = "addOnId" in line ? addOnPriceIn(next, line, currency) : priceIn(next, line, currency);
      return [{ currency, now, atNewPrices: then ?? now }];
    }),
  );
}

function addOnPriceIn(next: Catalog, line: AddOnLine, currency: Currency): number | null {
  const { addOnId, interval, quantity } = line;
  const addOn = findAddOn(next, addOnId);
  if (addOn === undefined || addOn.retired === true || interval === null) return null;
  const price = findAddOnPrice(addOnId, addOn, { interval, currency });
  return price === undefined ? null : monthlyAmount(price.amount * quantity, interval);
}

/** A trial brings nothing in yet, and neither does a pause. */
function isBilled(subscription: Subscription): boolean {
  return isLive(subscription) && subscription.status !== "trialing" && subscription.pause === null;
}

function priceIn(next: Catalog, line: PlanLine, currency: Currency): number | null {
  const plan = findPlan(next, line.planId);
  const prices = plan === undefined || plan.retired === true ? [] : pricesOf(line.planId, plan);
  const price = prices.find((one) => one.interval === line.interval && one.currency === currency);
  return price === undefined ? null : monthlyAmount(costOf(price, line.quantity), line.interval);
}
