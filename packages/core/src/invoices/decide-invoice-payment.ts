import { BillingError } from "../language/errors.js";
import type { Invoice, InvoiceStatus } from "../language/invoice.js";

/**
 * Whether an invoice can be paid: only one that is open.
 *
 * @param invoice `null`: there is none of this id, or it is somebody else's
 * @throws BillingError `not_found`; `invoice_not_open`, whose details name the `status`
 * @example
 * function dueOf(invoice: Invoice | null): number {
 *   return decideInvoicePayment(invoice).due;
 * }
 */
export function decideInvoicePayment<I extends Pick<Invoice, "status">>(invoice: I | null): I {
  if (invoice === null) throw new BillingError("not_found", "There is no such invoice.");
  const { status } = invoice;
  if (status === "open") return invoice;
  throw new BillingError("invoice_not_open", `This invoice ${because[status]}.`, { details: { status } });
}

const because = {
  draft: "is not finished yet, and nothing is owed for it",
  paid: "is paid already",
  void: "was cancelled, and nothing is owed for it",
  uncollectible: "was written off, and can't be paid here",
} as const satisfies Record<Exclude<InvoiceStatus, "open">, string>;
