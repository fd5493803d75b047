import type { Catalog } from "../catalog/catalog.js";
import type { PurchaseFact } from "../language/purchase.js";

/**
 * How many of each product of the catalog were bought and not paid back; what the catalog no longer sells is left out.
 */
export function countOwned(
  { products }: Catalog,
  purchases: readonly PurchaseFact[],
): Readonly<Record<string, number>> {
  const counts = new Map(Object.keys(products).map((id) => [id, 0]));
  for (const { productId, quantity, returned } of purchases) {
    const count = counts.get(productId);
    if (count !== undefined && returned === undefined) counts.set(productId, count + quantity);
  }
  return Object.fromEntries(counts);
}
