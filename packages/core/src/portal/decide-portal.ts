import type { Catalog } from "../catalog/catalog.js";
import { findPlan } from "../catalog/prices.js";
import type { Interval } from "../language/interval.js";
import type { Currency } from "../language/money.js";
import type { PriceRate } from "../language/price-rate.js";
import { portalModelOf } from "./portal-model.js";
import type { PortalOffer } from "./portal-offers.js";

/** What a subscription is for, as the provider bills it. */
export interface PortalHolding {
  readonly planId: string;
  readonly group: string;
  readonly interval: Interval;
  readonly currency: Currency;
  readonly quantity: number;
  /** What several cost where that is not an amount for each. */
  readonly rate?: PriceRate;
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
  const { planId, group, interval, currency, quantity } = held;
  const plan = findPlan(catalog, planId);
  // A plan that the catalog no longer has was sold in one of the two ways that quantities tell apart.
  const gone = quantity > 1 ? "per_seat" : "flat";
  const model = plan?.prices === undefined ? gone : portalModelOf(plan, interval);
  if (held.rate !== undefined || model === null || (model === "flat" && quantity !== 1)) return null;
  return { group, currency, model, forPlan: planId };
}
