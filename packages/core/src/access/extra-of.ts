import { findAddOn, fitsPlan } from "../catalog/add-ons.js";
import type { Catalog } from "../catalog/catalog.js";
import type { AddOnLine } from "../language/add-on-lines.js";
import { amountIn } from "./upgrade-for.js";

/**
 * What add-ons add of a feature to what a plan grants: each unit as much.
 *
 * @param planId Only those that this plan takes. @default all of them
 */
export function extraOf(
  catalog: Catalog,
  addOns: readonly AddOnLine[],
  featureId: string,
  planId: string | null = null,
): number {
  let extra = 0;
  for (const { addOnId, quantity } of addOns) {
    const addOn = findAddOn(catalog, addOnId);
    if (addOn === undefined || (planId !== null && !fitsPlan(addOn, planId))) continue;
    const each = amountIn(addOn.includes, featureId);
    if (each > 0 && quantity > 0) extra += each * quantity;
  }
  return extra;
}
