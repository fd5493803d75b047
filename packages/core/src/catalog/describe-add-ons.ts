import type { Currency } from "../language/money.js";
import { addOnPricesOf, maximumOf, plansOfAddOn } from "./add-ons.js";
import type { Catalog } from "./catalog.js";
import { type AddOnDescription, describeIncludes } from "./describe-plans.js";

/**
 * The add-ons that are for sale, in one currency; retired ones are left out. It stands beside `describePlans`, so that a
 * page without add-ons doesn't load it.
 *
 * @example
 * const { currency } = describePlans(plans, "eur");
 * describeAddOns(plans, currency).map(({ name }) => name); // ["Storage"]
 */
export function describeAddOns(catalog: Catalog, currency: Currency): readonly AddOnDescription[] {
  const addOns = Object.entries(catalog.addOns ?? {}).filter(([, { retired }]) => retired !== true);
  return addOns.map(([id, addOn]) => ({
    id,
    name: addOn.name,
    description: addOn.description ?? null,
    plans: plansOfAddOn(catalog, addOn).flatMap(([planId, { retired }]) => (retired ? [] : [planId])),
    maximum: maximumOf(addOn),
    prices: addOnPricesOf(id, addOn)
      .filter((price) => price.currency === currency)
      .map(({ interval, amount }) => ({ interval, amount })),
    includes: describeIncludes(addOn),
  }));
}
