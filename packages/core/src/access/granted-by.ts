import type { Catalog } from "../catalog/catalog.js";
import { findPlan } from "../catalog/prices.js";
import { paidSeats } from "../seats/paid-seats.js";
import type { Holding } from "./holding.js";
import { grantOf } from "./upgrade-for.js";

/**
 * How much of a feature the most generous of the plans that are open grants: they don't add up. What is granted by the seat
 * is as much as is paid for, where anybody else can buy any number.
 */
export function grantedBy(catalog: Catalog, open: Holding["open"], featureId: string): number {
  let most = 0;
  for (const [planId, bought] of open) {
    const { includes = {} } = findPlan(catalog, planId) ?? {};
    const isBySeat = Object.hasOwn(includes, featureId) && includes[featureId] === "seats";
    const granted =
      isBySeat && bought !== null ? paidSeats(bought.line) : grantOf(catalog, planId, featureId);
    most = Math.max(most, granted);
  }
  return most;
}
