import type { Catalog } from "../catalog/catalog.js";
import { maximumQuantity } from "../catalog/prices.js";
import type { Amounts } from "../language/money.js";

/** A product to buy that brings as many credits as are missing. */
export type CreditsPack = {
  readonly kind: "product";
  readonly productId: string;
  /** How many of it are enough. */
  readonly quantity: number;
  /** How many credits they bring in all. */
  readonly credits: number;
  /** What they cost in all, in minor units, by currency. */
  readonly amounts: Amounts;
};

/**
 * What is sold again and again, and brings so many credits, in the order of the catalog.
 *
 * @example
 * packsFor(plans, "tokens", 500); // []: the catalog sells none
 */
export function packsFor(
  { products }: Pick<Catalog, "products">,
  credit: string,
  missing: number,
): readonly CreditsPack[] {
  return Object.entries(products).flatMap(([productId, { credits = {}, price, once }]) => {
    const each = Object.hasOwn(credits, credit) ? (credits[credit] ?? 0) : 0;
    const quantity = Math.ceil(missing / each);
    if (once === true || each <= 0 || quantity > maximumQuantity) return [];
    const amounts = Object.entries(price).map(([currency, amount]) => [currency, amount * quantity] as const);
    return [
      {
        ...{ kind: "product" as const, productId, quantity, credits: each * quantity },
        amounts: Object.fromEntries(amounts),
      },
    ];
  });
}
