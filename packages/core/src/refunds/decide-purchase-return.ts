import type { Callback } from "../language/callback.js";
import type { Purchase, PurchaseReturn } from "../language/purchase.js";

/** What a product's purchase is after its money went back, or came again. */
export interface PurchaseReturnDecision {
  readonly purchase: Purchase;
  readonly callbacks: readonly Callback[];
}

/**
 * What is written of a product's purchase when a refund or dispute takes it back (`isGone`), or no longer does: a refund
 * that failed days later, a dispute that was won. Only what took it back gives it back.
 *
 * @returns `null`: nothing changes
 * @example
 * function isTakenBack(purchase: Purchase): boolean {
 *   const found = { at: "2026-03-10T00:00:00.000Z", by: "re_1" };
 *   return decidePurchaseReturn(purchase, found, true)?.purchase.returned !== undefined;
 * }
 */
export function decidePurchaseReturn(
  purchase: Purchase,
  found: PurchaseReturn,
  isGone: boolean,
): PurchaseReturnDecision | null {
  const { returned, ...bought } = purchase;
  const { provider: _provider, purchasedAt: _purchasedAt, ...data } = bought;
  const { checkoutId } = bought;
  if (isGone && returned === undefined) {
    const type = "product.returned";
    const id = `${checkoutId}:${type}:${found.by}:${found.at}`;
    return { purchase: { ...bought, returned: found }, callbacks: [{ id, type, data }] };
  }
  if (isGone || returned?.by !== found.by) return null;
  const type = "product.restored";
  const id = `${checkoutId}:${type}:${found.by}:${returned.at}`;
  return { purchase: bought, callbacks: [{ id, type, data }] };
}
