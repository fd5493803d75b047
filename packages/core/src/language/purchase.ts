import type { Currency } from "./money.js";
import type { IsoTime } from "./time.js";

/** A product of the catalog that was bought once, and paid for. */
export interface Purchase {
  readonly provider: string;
  /** One checkout buys one product. */
  readonly checkoutId: string;
  readonly customerId: string;
  readonly productId: string;
  readonly quantity: number;
  /** What was charged, in minor units. */
  readonly amount: number;
  readonly currency: Currency;
  readonly purchasedAt: IsoTime;
  /** What took it back. Absent: nothing did. */
  readonly returned?: PurchaseReturn;
}

/** A refund or a dispute by which what was paid for a product went back. */
export interface PurchaseReturn {
  readonly at: IsoTime;
  /** The provider's id of the refund or dispute: it alone can undo this. */
  readonly by: string;
}

/** All that access needs to know about a purchase. */
export type PurchaseFact = Pick<Purchase, "productId" | "quantity" | "returned">;
