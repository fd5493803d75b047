import type { Invoice, InvoiceAmounts, InvoiceStatus } from "@tollgate/core";
import type Stripe from "stripe";
import { settledBy } from "../changes/to-change-cost.js";
import { idOf, idOrNull } from "../language/id-of.js";
import { fromStripeAmount } from "../language/stripe-amount.js";
import { toIsoTime, toIsoTimeOrNull } from "../language/to-iso-time.js";

/**
 * An invoice in our words (https://docs.stripe.com/api/invoices/object).
 *
 * @param invoice with all its lines and with `payments`
 * @param charges of its customer, among which are those that paid it
 */
export function toInvoice(invoice: Stripe.Invoice, charges: readonly Stripe.Charge[]): Invoice {
  const { currency, status_transitions, parent } = invoice;
  const status = toStatus(invoice.status);
  const paidBy = charges.filter(({ paid }) => paid).filter((charge) => isOf(invoice, charge));
  const refunded = paidBy.reduce((sum, { amount_refunded }) => sum + amount_refunded, 0);
  return {
    ...{ id: invoice.id, number: invoice.number, status },
    subscriptionId: idOrNull(parent?.subscription_details?.subscription),
    issuedAt: toIsoTime(invoice.effective_at ?? status_transitions.finalized_at ?? invoice.created),
    dueAt: toIsoTimeOrNull(invoice.due_date),
    paidAt: toIsoTimeOrNull(status_transitions.paid_at),
    nextAttemptAt: status === "open" ? toIsoTimeOrNull(invoice.next_payment_attempt) : null,
    ...toAmounts(invoice),
    due: status === "open" ? fromStripeAmount(invoice.amount_remaining, currency) : 0,
    refunded: fromStripeAmount(refunded, currency),
    url: invoice.hosted_invoice_url ?? null,
    pdfUrl: invoice.invoice_pdf ?? null,
    receiptUrl: paidBy[0]?.receipt_url ?? null,
  };
}

/** What an invoice comes to; a balance below zero is credit, and what is left of it is known once it was finalised. */
export function toAmounts(invoice: Stripe.Invoice): InvoiceAmounts {
  const { currency, starting_balance, ending_balance } = invoice;
  const credit = (ending_balance ?? starting_balance) - starting_balance;
  return { currency, ...settledBy(invoice), credit: fromStripeAmount(credit, currency) };
}

const statuses = [
  "draft",
  "open",
  "paid",
  "void",
  "uncollectible",
] as const satisfies readonly InvoiceStatus[];

/** A status that a later version of Stripe has is one that nothing can be done about. */
function toStatus(status: Stripe.Invoice["status"]): InvoiceStatus {
  return statuses.find((one) => one === status) ?? "draft";
}

function isOf({ payments }: Stripe.Invoice, charge: Stripe.Charge): boolean {
  const intent = idOrNull(charge.payment_intent);
  return (payments?.data ?? []).some(({ payment }) => {
    if (payment.payment_intent !== undefined) return idOf(payment.payment_intent) === intent;
    return payment.charge !== undefined && idOf(payment.charge) === charge.id;
  });
}
