import { type Context, seconds } from "../../world/context.js";
import { find } from "../../world/find.js";
import { rowsOf } from "../../world/owned-rows.js";
import { touch } from "../../world/touch.js";
import type { Invoice, InvoicePayment, PaymentIntent } from "../../world/wire.js";
import type { World } from "../../world/world.js";

/** Notes that an intent is to pay an invoice, or a part of it. */
export const openInvoicePayment = (
  world: World,
  ctx: Context,
  invoice: Invoice,
  intent: PaymentIntent,
  { isDefault }: { isDefault: boolean },
): InvoicePayment => {
  const payment: InvoicePayment = {
    id: ctx.ids.id("inpay"),
    object: "invoice_payment",
    amount_paid: null,
    amount_requested: intent.amount,
    created: seconds(ctx),
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: isDefault,
    livemode: false,
    payment: { payment_intent: intent.id, type: "payment_intent" },
    status: "open",
    status_transitions: { canceled_at: null, paid_at: null },
  };
  world.invoicePayments[payment.id] = payment;
  touch(world, payment.id);
  world.hidden.invoiceOfIntent[intent.id] = invoice.id;
  if (isDefault) world.hidden.paymentOfInvoice[invoice.id] = payment.id;
  return payment;
};

/** The payment that an invoice is waiting for, or undefined. */
export const defaultPaymentOf = (world: World, invoice: Invoice): InvoicePayment | undefined =>
  find(world.invoicePayments, find(world.hidden.paymentOfInvoice, invoice.id));

/** Every payment of an invoice, oldest first. */
export const paymentsOf = (world: World, invoice: string): InvoicePayment[] =>
  rowsOf(world, "inpay", invoice);

/** The intent that pays an invoice, or undefined if there is nothing to pay. */
export const intentOf = (world: World, invoice: Invoice): PaymentIntent | undefined =>
  find(world.paymentIntents, defaultPaymentOf(world, invoice)?.payment.payment_intent as string | undefined);

/** The payment through which an intent pays an invoice, or undefined. */
export const paymentThrough = (world: World, intent: string): InvoicePayment | undefined =>
  paymentsOf(world, find(world.hidden.invoiceOfIntent, intent) ?? "").find(
    (payment) => payment.payment.payment_intent === intent,
  );

/** Calls off the open payments of an invoice. */
export const cancelPayments = (
  world: World,
  ctx: Context,
  invoice: Invoice,
  except?: string,
): InvoicePayment[] =>
  paymentsOf(world, invoice.id)
    .filter((payment) => payment.status === "open" && payment.id !== except)
    .map((payment) => {
      payment.status = "canceled";
      payment.status_transitions.canceled_at = seconds(ctx);
      return payment;
    });
