import type { OwnerStamp, PaymentBooks, PaymentOf, Period, RefundablePayment } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { isMissing } from "../client/to-provider-error.js";
import { idOrNull } from "../language/id-of.js";
import { metadataKeys, readMetadata, readStamp } from "../language/names.js";
import { fromStripeAmount } from "../language/stripe-amount.js";
import { toIsoTime } from "../language/to-iso-time.js";
import type { Payment } from "../subscriptions/payments.js";
import { heldOf, type PaymentState, readPayment, readPayments, sumsOf } from "./read-payments.js";
import { toRefund } from "./to-refund.js";

/** An invoice's books, with what they were read from. */
export interface StripeBooks extends RefundablePayment {
  readonly payments: readonly PaymentState[];
  readonly stamp: OwnerStamp | null;
}

/** `null` when there is no such invoice or checkout, or nothing was charged by it. */
export async function readBooks(
  call: CallStripe,
  provider: string,
  of: PaymentOf,
): Promise<StripeBooks | null> {
  if ("invoiceId" in of) return readInvoiceBooks(call, provider, of.invoiceId);
  const payment = await findPaymentOf(call, of.checkoutId);
  return payment && readPaymentBooks(call, provider, payment);
}

async function findPaymentOf(call: CallStripe, checkoutId: string): Promise<Payment | null> {
  try {
    const session = await call((client) => client.checkout.sessions.retrieve(checkoutId));
    const intent = idOrNull(session.payment_intent);
    return intent === null ? null : { payment_intent: intent };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** `null` when there is no such invoice. */
async function readInvoiceBooks(
  call: CallStripe,
  provider: string,
  invoiceId: string,
): Promise<StripeBooks | null> {
  let invoice: Stripe.Invoice;
  try {
    invoice = await call((client) => client.invoices.retrieve(invoiceId));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  const payments = await readPayments(call, invoiceId);
  const { subscription = null, metadata = null } = invoice.parent?.subscription_details ?? {};
  const head = {
    invoiceId,
    subscriptionId: idOrNull(subscription),
    providerCustomerId: idOrNull(invoice.customer),
    currency: invoice.currency,
    period: periodOf(invoice.lines.data),
  };
  const refunds = payments.flatMap((one) => one.refunds.map((two) => toRefund(provider, two, invoiceId)));
  return { books: toBooks(head, payments), refunds, payments, stamp: readStamp(metadata) };
}

/** The books of the invoice that was paid so; of the payment alone where there is none. `null`: no money was taken. */
export async function readPaymentBooks(
  call: CallStripe,
  provider: string,
  payment: Payment,
): Promise<StripeBooks | null> {
  const invoiceId = await findInvoice(call, payment);
  if (invoiceId !== null) return readInvoiceBooks(call, provider, invoiceId);
  const state = await readPayment(call, payment);
  if (state === null) return null;
  const { charge, refunds } = state;
  const providerCustomerId = idOrNull(charge.customer);
  const checkoutId = await findCheckoutOf(call, payment);
  const none = { invoiceId: null, subscriptionId: null, checkoutId, period: null };
  const head = { ...none, providerCustomerId, currency: charge.currency };
  const own = refunds.map((one) => toRefund(provider, one, null));
  return {
    books: toBooks(head, [state]),
    refunds: own,
    payments: [state],
    stamp: readStamp(charge.metadata),
  };
}

/** Stripe finds invoices by their intents alone: old charges without one belong to none that it could name. */
export async function findInvoice(call: CallStripe, payment: Payment): Promise<string | null> {
  if ("charge" in payment) return null;
  const of = { type: "payment_intent", payment_intent: payment.payment_intent } as const;
  const { data } = await call((client) => client.invoicePayments.list({ payment: of, limit: 1 }));
  return idOrNull(data[0]?.invoice);
}

/** The checkout of ours that bought a product by it, https://docs.stripe.com/api/checkout/sessions/list */
async function findCheckoutOf(call: CallStripe, payment: Payment): Promise<string | null> {
  if ("charge" in payment) return null;
  const { data } = await call((client) => client.checkout.sessions.list({ ...payment, limit: 1 }));
  const session = data[0];
  return session && readMetadata(session.metadata, metadataKeys.product) !== null ? session.id : null;
}

type BooksHead = Pick<
  PaymentBooks,
  "invoiceId" | "subscriptionId" | "checkoutId" | "providerCustomerId" | "currency" | "period"
>;

function toBooks(head: BooksHead, payments: readonly PaymentState[]): PaymentBooks {
  const sum = (of: (state: PaymentState) => number) =>
    fromStripeAmount(
      payments.reduce((total, one) => total + of(one), 0),
      head.currency,
    );
  return {
    ...head,
    paid: sum(({ charge }) => charge.amount_captured),
    refunded: sum((one) => sumsOf(one).refunded),
    pending: sum((one) => sumsOf(one).pending),
    held: sum(heldOf),
    disputed: payments.some(({ charge }) => charge.disputed),
  };
}

/** Of the lines that bill a period as such; a line that settles a change in the middle of one does not. */
export function periodOf(lines: readonly Pick<Stripe.InvoiceLineItem, "parent" | "period">[]): Period | null {
  const periods = lines
    .filter(({ parent }) => parent?.type === "subscription_item_details")
    .filter(({ parent }) => parent?.subscription_item_details?.proration === false)
    .map(({ period }) => ({ start: toIsoTime(period.start), end: toIsoTime(period.end) }))
    .sort((a, b) => (a.end < b.end ? 1 : -1));
  return periods[0] ?? null;
}
