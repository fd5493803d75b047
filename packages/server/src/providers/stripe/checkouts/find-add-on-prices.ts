import type { Catalog, OpenCheckoutInput } from "@tollgate/core";
import type { PriceBook, SoldPrice } from "../catalog/prices.js";

/** An add-on that is sold with a plan: its price, and how many of it. */
export interface SoldAddOn extends SoldPrice {
  readonly quantity: number;
}

/**
 * The prices of the add-ons that an offer has.
 *
 * @throws BillingError `price_not_pushed`, `catalog_of_another_database`
 */
export async function findAddOnPrices(
  prices: PriceBook,
  { offer, database }: Pick<OpenCheckoutInput, "offer" | "database">,
  catalog: Catalog,
): Promise<readonly SoldAddOn[]> {
  if (offer.kind === "product") return [];
  const { interval, currency, addOns = {} } = offer;
  const found = Object.entries(addOns).map(async ([addOnId, quantity]) => {
    const thing = { kind: "add_on", addOnId, interval, currency } as const;
    return { ...(await prices.findPrice(thing, catalog, database)), quantity };
  });
  return Promise.all(found);
}
