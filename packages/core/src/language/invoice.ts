import type { Currency } from "./money.js";
import type { Period } from "./subscription.js";
import type { IsoTime } from "./time.js";

/** One line of an invoice. */
export interface InvoiceLine {
  /** The provider's words. */
  readonly description: string;
  /** In minor units, after discounts and before tax that comes on top; negative for what is given back. */
  readonly amount: number;
  readonly quantity: number | null;
  /** What it is for. */
  readonly period: Period;
  /** Whether it settles a part of a period. */
  readonly proration: boolean;
}

/** What an invoice comes to, in minor units of its currency, whether it was made or is still to come. */
export interface InvoiceAmounts {
  readonly currency: Currency;
  /** The sum of `lines` and `tax`; negative where more is given back than charged. */
  readonly total: number;
  readonly lines: readonly InvoiceLine[];
  /** What comes on top of `lines`. */
  readonly tax: number;
  /** What `lines` contain. */
  readonly taxIncluded: number;
  /** What the customer's credit pays of it; negative where the invoice adds to the credit. */
  readonly credit: number;
}

/** How an invoice stands. `draft`: it can still change, and nothing is owed; `uncollectible`: it was written off. */
export type InvoiceStatus = "draft" | "open" | "paid" | "void" | "uncollectible";

/** A bill, as the provider has it now. */
export interface Invoice extends InvoiceAmounts {
  /** The provider's id. */
  readonly id: string;
  /** What is printed on it; `null` for one that never got a number. */
  readonly number: string | null;
  readonly status: InvoiceStatus;
  /** The provider's id; `null` where it bills none. */
  readonly subscriptionId: string | null;
  readonly issuedAt: IsoTime;
  /** When one that was sent is to be paid; `null` where it is charged by itself. */
  readonly dueAt: IsoTime | null;
  readonly paidAt: IsoTime | null;
  /** When it is charged again by itself; `null`: it is not. */
  readonly nextAttemptAt: IsoTime | null;
  /** What is still to be paid; 0 unless it is open. */
  readonly due: number;
  /** What was paid back to how it was paid; 0: nothing. */
  readonly refunded: number;
  /** The provider's page of it; `null` where it has none. */
  readonly url: string | null;
  readonly pdfUrl: string | null;
  /** The receipt of its payment; `null` where no charge paid it. */
  readonly receiptUrl: string | null;
}

/** The next bill of a subscription, if nothing changes until then. */
export interface UpcomingInvoice extends InvoiceAmounts {
  readonly at: IsoTime;
  /** What is charged then. */
  readonly due: number;
}
