import { type Interval, intervalParts } from "../language/interval.js";
import { type IntroTerms, introCost } from "../language/intro-terms.js";
import type { Currency } from "../language/money.js";
import { costOf } from "../language/price-rate.js";
import type { PlanDefinition } from "./catalog.js";
import { pricesOf } from "./prices.js";

/** An intro as a pricing table shows it: "the first 3 months at 14.50, then 29.00". */
export interface IntroDescription extends IntroTerms {
  readonly interval: Interval;
  /** What each of the first payments is for the smallest quantity, in minor units. */
  readonly amount: number;
  /** What every payment after them is for the smallest quantity. */
  readonly regular: number;
}

/**
 * The intro of a plan that is paid by an interval in a currency; `null`: it has none.
 *
 * @example
 * const pro = { name: "Pro", prices: { month: { usd: 2900 } }, intro: { month: { percentOff: 50 } }, includes: {} };
 * introOf(pro, "month", "usd"); // { percentOff: 50, amountOff: null, payments: 1 }
 */
export function introOf(plan: PlanDefinition, interval: Interval, currency: Currency): IntroTerms | null {
  const intro = plan.intro?.[interval];
  if (intro === undefined) return null;
  const { payments = 1, percentOff = null, amountOff } = intro;
  return { percentOff, amountOff: amountOff?.[currency] ?? null, payments };
}

/**
 * How many months the first payments take; `null`: it is only the first one, whenever the next is.
 *
 * @example
 * introMonths({ payments: 2 }, "3_months"); // 6
 */
export function introMonths({ payments }: Pick<IntroTerms, "payments">, interval: Interval): number | null {
  const { unit, count } = intervalParts(interval);
  if (payments === 1 || (unit !== "month" && unit !== "year")) return null;
  return payments * count * (unit === "year" ? 12 : 1);
}

/**
 * What a plan costs less in the beginning, as a pricing table shows it, in one currency.
 *
 * @example
 * describeIntros(plans.plans.pro, "usd"); // []
 */
export function describeIntros(plan: PlanDefinition, currency: Currency): readonly IntroDescription[] {
  const prices = pricesOf("", plan).filter((price) => price.currency === currency);
  return prices.flatMap((price) => {
    const terms = introOf(plan, price.interval, currency);
    if (terms === null) return [];
    const regular = costOf(price, price.minimumQuantity);
    return [{ interval: price.interval, ...terms, amount: introCost(terms, regular), regular }];
  });
}
