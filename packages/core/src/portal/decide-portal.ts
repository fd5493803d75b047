import type { Catalog } from "../catalog/catalog.js";
import { findPlan, isPerSeat, type PlanPrice } from "../catalog/prices.js";
import type { Interval } from "../language/interval.js";
import type { Currency } from "../language/money.js";
import type { PortalOffer } from "./portal-offers.js";

/** What a subscription is for, as the provider bills it. */
export interface PortalHolding {
  readonly planId: string;
  readonly group: string;
  readonly interval: Interval;
  readonly currency: Currency;
  readonly quantity: number;
}

/**
 * Which offer fits a subscription, by the names that `listPortalOffers` gives them; `null`: it can't be switched in a
 * portal. A flat plan that was sold several times, by hand, is such a case: a portal would keep the quantity, and no
 * checkout sells it.
 *
 * @example
 * decidePortal(plans, { planId: "pro", group: "main", interval: "month", currency: "usd", quantity: 1 });
 * // { group: "main", currency: "usd", model: "flat", forPlan: "pro" }
 */
export function decidePortal(catalog: Catalog, held: PortalHolding): Omit<PortalOffer, "plans"> | null {
  const { planId, group, currency, quantity } = held;
  const model = modelOf(catalog, held) ?? (quantity > 1 ? "per_seat" : "flat");
  if (model === "flat" && quantity !== 1) return null;
  return { group, currency, model, forPlan: planId };
}

/** `null` for a plan, or a price of it, that the catalog no longer has. */
function modelOf(catalog: Catalog, { planId, interval }: PortalHolding): PlanPrice["model"] | null {
  const prices = findPlan(catalog, planId)?.prices ?? {};
  // Its prices are not listed: this is part of every access decision.
  const price = prices[interval] ?? Object.values(prices).find((one) => one !== undefined);
  if (price === undefined) return null;
  return isPerSeat(price) ? "per_seat" : "flat";
}
