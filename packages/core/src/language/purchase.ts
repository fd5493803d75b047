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
}

/** All that access needs to know about a purchase. */
export type PurchaseFact = Pick<Purchase, "productId" | "quantity">;
