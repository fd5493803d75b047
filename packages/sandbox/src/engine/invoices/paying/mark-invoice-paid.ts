import { cancelPaymentIntent } from "../../payments/payment-intent.js";
import { type Context, seconds } from "../../world/context.js";
import { emit } from "../../world/emit.js";
import { find } from "../../world/find.js";
import { previousAttributes } from "../../world/previous-attributes.js";
import type { Invoice, InvoicePayment } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { cancelPayments, defaultPaymentOf } from "./invoice-payment.js";

/** What an attempt to pay may change in an invoice. */
const attemptOf = ({
  amount_paid,
  amount_remaining,
  attempt_count,
  attempted,
  auto_advance,
  next_payment_attempt,
  status,
  status_transitions,
}: Invoice) =>
  structuredClone({
    amount_paid,
    amount_remaining,
    attempt_count,
    attempted,
    auto_advance,
    next_payment_attempt,
    status,
    status_transitions,
  });

/**
 * Whether an invoice existed before this step. What is created, finalized and paid in one go shows no update
 * on the way. https://docs.stripe.com/billing/subscriptions/webhooks#events
 */
const stoodBefore = (ctx: Context, invoice: Invoice): boolean =>
  invoice.attempt_count > 0 || invoice.billing_reason === "manual" || invoice.created < seconds(ctx);

/** Changes an invoice, and announces an update unless it all happens in one go. */
export const updateInvoiceQuietly = (
  world: World,
  ctx: Context,
  invoice: Invoice,
  apply: (invoice: Invoice) => void,
): void => {
  const tells = stoodBefore(ctx, invoice);
  const before = attemptOf(invoice);
  apply(invoice);
  const previous = previousAttributes(before, attemptOf(invoice));
  if (tells && Object.keys(previous).length > 0) emit(world, ctx, "invoice.updated", invoice, previous);
};

/** Notes that a payment has come in. */
export const markPaymentPaid = (
  world: World,
  ctx: Context,
  payment: InvoicePayment,
  amount: number,
): void => {
  payment.status = "paid";
  payment.amount_paid = amount;
  payment.status_transitions.paid_at = seconds(ctx);
  emit(world, ctx, "invoice_payment.paid", payment);
};

const close = (ctx: Context, invoice: Invoice): void => {
  invoice.status = "paid";
  delete invoice.status_details;
  invoice.amount_paid = invoice.amount_due + invoice.amount_overpaid;
  invoice.amount_remaining = 0;
  invoice.auto_advance = false;
  invoice.automatically_finalizes_at = null;
  invoice.next_payment_attempt = null;
  invoice.status_transitions.paid_at = seconds(ctx);
};

/**
 * Counts an attempt to charge. The first one counts whoever makes it, and then only those of the retry schedule.
 * https://docs.stripe.com/api/invoices/object#invoice_object-attempt_count
 */
export const countAttempt = (invoice: Invoice, scheduled: boolean): void => {
  invoice.attempted = true;
  if (scheduled || invoice.attempt_count === 0) invoice.attempt_count += 1;
};

/** Notes that an invoice is paid, by its own intent or because nothing was due. */
export const markInvoicePaid = (
  world: World,
  ctx: Context,
  invoice: Invoice,
  { scheduled = false }: { /** Whether the retry schedule charged it. */ scheduled?: boolean } = {},
): void => {
  const payment = defaultPaymentOf(world, invoice);
  const charged = invoice.amount_remaining;
  updateInvoiceQuietly(world, ctx, invoice, (draft) => {
    if (charged > 0) countAttempt(draft, scheduled);
    draft.attempted = true;
    close(ctx, draft);
  });
  emit(world, ctx, "invoice.paid", invoice);
  emit(world, ctx, "invoice.payment_succeeded", invoice);
  if (payment?.status === "open" && charged > 0) markPaymentPaid(world, ctx, payment, charged);
};

/** Calls off what was to pay an invoice on which nothing is due any longer. */
export const cancelIntents = (world: World, ctx: Context, invoice: Invoice, except?: string): void => {
  for (const payment of cancelPayments(world, ctx, invoice, except)) {
    const intent = find(world.paymentIntents, payment.payment.payment_intent as string | undefined);
    if (intent && intent.status !== "succeeded" && intent.status !== "canceled")
      cancelPaymentIntent(world, ctx, intent, "void_invoice");
  }
};

/**
 * Notes that an invoice is settled without a charge: outside Stripe, by other payments, or by a credit note.
 */
export const settleWithoutCharge = (
  world: World,
  ctx: Context,
  invoice: Invoice,
  how: { outOfBand?: boolean; byPayment?: boolean /** The payment that brought it. */; except?: string } = {},
): void => {
  updateInvoiceQuietly(world, ctx, invoice, (draft) => {
    if (how.outOfBand) draft.amount_paid_off_stripe = draft.amount_remaining;
    if (how.byPayment) draft.attempted = true;
    close(ctx, draft);
  });
  cancelIntents(world, ctx, invoice, how.except);
  emit(world, ctx, "invoice.paid", invoice);
  // Stripe announces a payment only if it has seen one.
  if (how.byPayment) emit(world, ctx, "invoice.payment_succeeded", invoice);
};
