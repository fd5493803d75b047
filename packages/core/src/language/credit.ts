import type { Currency } from "./money.js";
import type { IsoTime } from "./time.js";

/** An entry in the ledger of a customer's credit. */
export interface CreditEntry {
  /** The provider's id. */
  readonly id: string;
  /** In minor units: above 0 what was added, below 0 what was used. */
  readonly amount: number;
  readonly currency: Currency;
  /** What there was afterwards. */
  readonly balance: number;
  readonly description: string | null;
  /** The invoice that used it, or that it comes from; `null`: none. */
  readonly invoiceId: string | null;
  readonly createdAt: IsoTime;
}
