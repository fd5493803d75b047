import {
  defaultPaymentOf,
  intentOf,
  openInvoicePayment,
  paymentThrough,
} from "../invoices/paying/invoice-payment.js";
import {
  markPaymentPaid,
  settleWithoutCharge,
  updateInvoiceQuietly,
} from "../invoices/paying/mark-invoice-paid.js";
import { settleSubscription } from "../subscriptions/changing/settle-subscription.js";
import type { Context } from "../world/context.js";
import { emit } from "../world/emit.js";
import { find, need } from "../world/find.js";
import { invalidRequest } from "../world/stripe-error.js";
import { atCustomer } from "../world/test-clock.js";
import type { Invoice, PaymentIntent } from "../world/wire.js";
import type { World } from "../world/world.js";

/** Keeps what an invoice's own intent asks for in line with what is left to pay. */
export const followRemaining = (world: World, invoice: Invoice): void => {
  const payment = defaultPaymentOf(world, invoice);
  const intent = intentOf(world, invoice);
  if (payment?.status !== "open" || !intent || invoice.amount_remaining === 0) return;
  payment.amount_requested = invoice.amount_remaining;
  intent.amount = invoice.amount_remaining;
};

/** Credits a payment that came through an attached intent; the last one pays the invoice. */
export const creditPayment = (world: World, ctx: Context, intent: PaymentIntent): void => {
  const payment = paymentThrough(world, intent.id);
  const invoice = find<Invoice>(world.invoices, payment?.invoice as string | undefined);
  if (!payment || !invoice || payment.status !== "open") return;
  const amount = intent.amount_received;
  if (amount > invoice.amount_remaining) invoice.amount_overpaid = amount - invoice.amount_remaining;
  if (amount >= invoice.amount_remaining) {
    settleWithoutCharge(world, ctx, invoice, { byPayment: true, except: payment.id });
    settleSubscription(world, ctx, invoice, { status: "succeeded" });
  } else {
    updateInvoiceQuietly(world, ctx, invoice, (draft) => {
      draft.amount_paid += amount;
      draft.amount_remaining -= amount;
      draft.attempted = true;
    });
    followRemaining(world, invoice);
  }
  markPaymentPaid(world, ctx, payment, amount);
};

const checkIntent = (world: World, invoice: Invoice, intent: PaymentIntent): void => {
  const param = "payment_intent";
  if (intent.currency !== invoice.currency)
    throw invalidRequest("The PaymentIntent's currency must be the invoice's.", undefined, param);
  if (intent.customer !== null && intent.customer !== invoice.customer)
    throw invalidRequest("The PaymentIntent belongs to another customer.", undefined, param);
  if (intent.status === "canceled")
    throw invalidRequest(
      "A canceled PaymentIntent can't be attached to an invoice.",
      "payment_intent_unexpected_state",
      param,
    );
  if (paymentThrough(world, intent.id))
    throw invalidRequest("The PaymentIntent is already attached to an invoice.", undefined, param);
};

/** Lets another payment intent pay an open invoice, or a part of it. */
export const attachPayment = (
  world: World,
  ctx: Context,
  invoice: Invoice,
  id: string | undefined,
): Invoice => {
  if (invoice.status !== "open" && invoice.status !== "uncollectible")
    throw invalidRequest("You can only pass in open invoices. This invoice isn't open.");
  if (id === undefined)
    throw invalidRequest("Missing required param: payment_intent.", "parameter_missing", "payment_intent");
  const intent = need<PaymentIntent>(world.paymentIntents, "payment_intent", id, "payment_intent");
  checkIntent(world, invoice, intent);
  const at = atCustomer(world, ctx, invoice.customer as string);
  openInvoicePayment(world, at, invoice, intent, { isDefault: false });
  if (intent.status !== "succeeded") return invoice;
  creditPayment(world, at, intent);
  if (invoice.amount_overpaid > 0) emit(world, at, "invoice.overpaid", invoice);
  return invoice;
};
