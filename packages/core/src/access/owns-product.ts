import { CodedError } from "../language/coded-error.js";

/**
 * Whether a product was bought, given how many of each were.
 *
 * @throws BillingError `unknown_product`
 * @example
 * ownsProduct({ handbook: 1 }, "handbook"); // true
 */
export function ownsProduct(owned: Readonly<Record<string, number>>, productId: string): boolean {
  const count = Object.hasOwn(owned, productId) ? owned[productId] : undefined;
  if (count !== undefined) return count > 0;
  throw new CodedError("unknown_product", 400, `The catalog has no product "${productId}".`);
}
