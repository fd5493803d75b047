import { type Context, seconds } from "./context.js";
import { change, emit } from "./emit.js";
import { find, need } from "./find.js";
import { needStatus } from "./invoice.js";
import { cancelPaymentIntent, createPaymentIntent } from "./payment-intent.js";
import type { Customer, Invoice, InvoicePayment, PaymentIntent } from "./wire.js";
import type { World } from "./world.js";

/** Settles an invoice against the customer's balance: credit (negative) pays, a negative total becomes credit. */
const applyBalance = (world: World, ctx: Context, invoice: Invoice, customer: Customer): void => {
  const open = invoice.total + customer.balance;
  invoice.starting_balance = customer.balance;
  invoice.amount_due = Math.max(0, open);
  invoice.amount_remaining = invoice.amount_due;
  invoice.ending_balance = Math.min(0, open);
  const ending = invoice.ending_balance;
  change(world, ctx, "customer.updated", customer, (draft) => {
    draft.balance = ending;
  });
};

const numberFor = (customer: Customer): string => {
  const sequence = customer.next_invoice_sequence ?? 1;
  customer.next_invoice_sequence = sequence + 1;
  return `${customer.invoice_prefix}-${String(sequence).padStart(4, "0")}`;
};

const openPayment = (world: World, ctx: Context, invoice: Invoice, intent: PaymentIntent): InvoicePayment => {
  const payment: InvoicePayment = {
    id: ctx.ids.id("inpay"),
    object: "invoice_payment",
    amount_paid: null,
    amount_requested: invoice.amount_due,
    created: seconds(ctx),
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: intent.id, type: "payment_intent" },
    status: "open",
    status_transitions: { canceled_at: null, paid_at: null },
  };
  world.invoicePayments[payment.id] = payment;
  world.hidden.paymentOfInvoice[invoice.id] = payment.id;
  world.hidden.invoiceOfIntent[intent.id] = invoice.id;
  return payment;
};

/** Makes a draft payable: numbers it, settles the balance and opens its payment. */
export const finalizeInvoice = (world: World, ctx: Context, invoice: Invoice): Invoice => {
  needStatus(
    invoice,
    "draft",
    "This invoice is already finalized, you can't re-finalize a non-draft invoice.",
  );
  const customer = need(world.customers, "customer", invoice.customer as string, "customer");
  applyBalance(world, ctx, invoice, customer);
  invoice.status = "open";
  invoice.number = numberFor(customer);
  invoice.effective_at = seconds(ctx);
  invoice.status_transitions.finalized_at = seconds(ctx);
  invoice.automatically_finalizes_at = null;
  invoice.next_payment_attempt = null;
  emit(world, ctx, "invoice.finalized", invoice);
  if (invoice.amount_due > 0) {
    const intent = createPaymentIntent(world, ctx, {
      amount: invoice.amount_due,
      currency: invoice.currency,
      customer: customer.id,
      description:
        invoice.billing_reason === "subscription_create" ? "Subscription creation" : "Subscription update",
      receipt_email: null,
      setup_future_usage: "off_session",
    });
    openPayment(world, ctx, invoice, intent);
  }
  return invoice;
};

/** The payment that an invoice is waiting for, or undefined. */
const paymentOf = (world: World, invoice: Invoice): InvoicePayment | undefined =>
  find(world.invoicePayments, find(world.hidden.paymentOfInvoice, invoice.id));

/** The intent that pays an invoice, or undefined if there is nothing to pay. */
export const intentOf = (world: World, invoice: Invoice): PaymentIntent | undefined => {
  const id = paymentOf(world, invoice)?.payment.payment_intent;
  return typeof id === "string" ? world.paymentIntents[id] : undefined;
};

/** Notes that an invoice is paid, by its intent or because nothing was due. */
export const markInvoicePaid = (world: World, ctx: Context, invoice: Invoice): void => {
  const payment = paymentOf(world, invoice);
  const before = {
    status: invoice.status,
    amount_paid: invoice.amount_paid,
    amount_remaining: invoice.amount_remaining,
  };
  const wasOpen = invoice.attempt_count > 0;
  invoice.status = "paid";
  invoice.attempted = true;
  invoice.attempt_count += invoice.amount_due > 0 ? 1 : 0;
  invoice.amount_paid = invoice.amount_due;
  invoice.amount_remaining = 0;
  invoice.auto_advance = false;
  invoice.next_payment_attempt = null;
  invoice.status_transitions.paid_at = seconds(ctx);
  // A first attempt that succeeds is one step at Stripe; only a later one shows as an update.
  if (wasOpen) emit(world, ctx, "invoice.updated", invoice, before);
  emit(world, ctx, "invoice.paid", invoice);
  emit(world, ctx, "invoice.payment_succeeded", invoice);
  if (!payment) return;
  payment.status = "paid";
  payment.amount_paid = payment.amount_requested;
  payment.status_transitions.paid_at = seconds(ctx);
  emit(world, ctx, "invoice_payment.paid", payment);
};

/** Gives up an open invoice; nobody can pay it any more. */
export const voidInvoice = (world: World, ctx: Context, invoice: Invoice): Invoice => {
  if (invoice.status !== "uncollectible")
    needStatus(invoice, "open", "You can only pass in open invoices. This invoice isn't open.");
  const intent = intentOf(world, invoice);
  const payment = paymentOf(world, invoice);
  invoice.status = "void";
  invoice.auto_advance = false;
  invoice.next_payment_attempt = null;
  invoice.status_transitions.voided_at = seconds(ctx);
  if (payment) {
    payment.status = "canceled";
    payment.status_transitions.canceled_at = seconds(ctx);
  }
  if (intent && intent.status !== "succeeded" && intent.status !== "canceled")
    cancelPaymentIntent(world, ctx, intent, "void_invoice");
  emit(world, ctx, "invoice.voided", invoice);
  return invoice;
};
