import type { Catalog } from "../catalog/catalog.js";
import { nearestQuantity } from "../catalog/nearest-quantity.js";
import { findPlan, groupOf, type PlanPrice, pricesOf } from "../catalog/prices.js";
import type { Interval } from "../language/interval.js";
import type { Currency } from "../language/money.js";
import type { SeatsInUse } from "../language/seats.js";

/**
 * How a plan is sold by the number, in this way or any other; `null`: it is flat, free, or there is none.
 *
 * @example
 * soldSeats(plans, { planId: "team", interval: "month", currency: "usd" })?.amount; // 1500: for each
 */
export function soldSeats(
  catalog: Catalog,
  {
    planId,
    interval,
    currency,
  }: { readonly planId: string; readonly interval: Interval; readonly currency: Currency },
): PlanPrice | null {
  const plan = findPlan(catalog, planId);
  const all = plan === undefined ? [] : pricesOf(planId, plan);
  const byInterval = all.filter((one) => one.interval === interval);
  const price = byInterval.find((one) => one.currency === currency) ?? byInterval[0] ?? all[0];
  return price === undefined || price.model === "flat" ? null : price;
}

/**
 * The smallest number that is sold and has a seat for each member, or the largest that is sold where none is large enough.
 *
 * @example
 * const price = soldSeats(plans, { planId: "team", interval: "month", currency: "usd" });
 * const quantity = price === null ? 1 : seatsFor(price, 7); // 7
 */
export function seatsFor(price: PlanPrice, count: number): number {
  return nearestQuantity(price, count);
}

/**
 * The groups whose plans are sold by the number.
 *
 * @example
 * seatGroupsOf(plans); // ["main"]
 */
export function seatGroupsOf(catalog: Catalog): readonly string[] {
  const groups = Object.entries(catalog.plans).flatMap(([planId, plan]) =>
    pricesOf(planId, plan).some(({ model }) => model !== "flat") ? [groupOf(plan)] : [],
  );
  return [...new Set(groups)];
}

/**
 * The members by the feature that limits them: a part of the `usage` of `decideAccess`.
 *
 * @example
 * seatUsage(plans, { main: 7 }); // { members: 7 }, where a plan says `includes: { members: "seats" }`
 */
export function seatUsage(catalog: Catalog, seatsInUse: SeatsInUse = {}): Readonly<Record<string, number>> {
  const counts = Object.entries(seatsInUse).flatMap(([group, count]) => {
    const feature = seatFeatureOf(catalog, group);
    return feature === null ? [] : [[feature, count] as const];
  });
  return Object.fromEntries(counts);
}

/**
 * The limit feature of which a plan of the group grants as many as it has seats: its members; `null`: there is none.
 *
 * @example
 * seatFeatureOf(plans, "main"); // "members", where a plan says `includes: { members: "seats" }`
 */
export function seatFeatureOf(catalog: Catalog, group: string): string | null {
  for (const plan of Object.values(catalog.plans)) {
    if (groupOf(plan) !== group) continue;
    const found = Object.entries(plan.includes).find(([, granted]) => granted === "seats");
    if (found !== undefined) return found[0];
  }
  return null;
}
