import type { PlanDefinition } from "../catalog/catalog.js";
import { isPackaged, isPerSeat, isTiered } from "../catalog/price-definition.js";
import type { Interval } from "../language/interval.js";

/** The ways of selling that a provider's portal knows. */
export type PortalModel = "flat" | "per_seat";

/**
 * How a portal sells a plan; `null`: it does not. A portal shows an amount for each seat, lets any number of them be
 * chosen, and changes one line: it has no tiers, packages, included seats or steps, and would leave a plan's lines for use
 * behind (https://docs.stripe.com/customer-management#customer-portal-limitations).
 */
export function portalModelOf(plan: PlanDefinition, interval: Interval): PortalModel | null {
  const prices = plan.prices ?? {};
  // Of an interval that is no longer sold, the others say how. They are not listed: this is part of every access decision.
  const price = prices[interval] ?? Object.values(prices).find((one) => one !== undefined);
  if (price === undefined || hasUsage(plan) || isTiered(price) || isPackaged(price)) return null;
  if (!isPerSeat(price)) return "flat";
  const { base, included = 0, step = 1 } = price;
  return base === undefined && included === 0 && step === 1 ? "per_seat" : null;
}

function hasUsage({ usage = {} }: PlanDefinition): boolean {
  return Object.values(usage).some((price) => price !== undefined);
}
