import type { Catalog, PlanDefinition } from "../catalog/catalog.js";
import { groupOf, type PlanPrice, pricesOf } from "../catalog/prices.js";
import { listPortalOffers, type PortalOffer } from "../portal/portal-offers.js";

/** A plan that is for sale, with what its offers are made from. */
export interface ShelfPlan {
  readonly id: string;
  readonly plan: PlanDefinition;
  readonly group: string;
  readonly prices: readonly PlanPrice[];
}

/** What of a catalog is the same for everybody. */
export interface Shelf {
  readonly plans: readonly ShelfPlan[];
  /** From the cheapest to the richest, retired plans included; -1 for one that the catalog does not have. */
  placeOf(planId: string): number;
  /** See `listPortalOffers`. */
  portalOffers(plansAtMost: number): readonly PortalOffer[];
}

const shelves = /* @__PURE__ */ new WeakMap<Catalog, Shelf>();

/** Worked out once for each catalog: offers are part of every access decision. */
export function shelfOf(catalog: Catalog): Shelf {
  const known = shelves.get(catalog);
  if (known !== undefined) return known;
  const ids = Object.keys(catalog.plans);
  const byLimit = new Map<number, readonly PortalOffer[]>();
  const shelf: Shelf = {
    plans: Object.entries(catalog.plans)
      .filter(([, plan]) => plan.retired !== true)
      .map(([id, plan]) => ({ id, plan, group: groupOf(plan), prices: pricesOf(id, plan) })),
    placeOf: (planId) => ids.indexOf(planId),
    portalOffers(plansAtMost) {
      const offers = byLimit.get(plansAtMost) ?? listPortalOffers(catalog, plansAtMost);
      byLimit.set(plansAtMost, offers);
      return offers;
    },
  };
  shelves.set(catalog, shelf);
  return shelf;
}
