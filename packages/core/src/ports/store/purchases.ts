import type { Purchase } from "../../language/purchase.js";

export interface PurchaseWrites {
  /** Kept for good, once per checkout: one that is reported again changes nothing. */
  savePurchase(purchase: Purchase): Promise<void>;
}
