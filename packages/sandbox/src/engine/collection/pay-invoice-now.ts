import type Stripe from "stripe";
import { finalizeInvoice } from "../invoices/paying/finalize-invoice.js";
import { settleWithoutCharge } from "../invoices/paying/mark-invoice-paid.js";
import { checkInvoicePayable, methodForInvoice, noMethod } from "../invoices/paying/pay-invoice.js";
import { resolvePaymentMethod } from "../methods/payment-method.js";
import { settleSubscription } from "../subscriptions/changing/settle-subscription.js";
import type { Context } from "../world/context.js";
import { cardError, invalidRequest, StripeError } from "../world/stripe-error.js";
import { atCustomer } from "../world/test-clock.js";
import type { Given, Invoice, PaymentMethod } from "../world/wire.js";
import type { World } from "../world/world.js";
import { collectInvoice } from "./collect-invoice.js";

export type PayFields = Pick<
  Given<Stripe.InvoicePayParams>,
  "off_session" | "paid_out_of_band" | "payment_method"
>;

const methodFor = (
  world: World,
  ctx: Context,
  invoice: Invoice,
  id: string | undefined,
): PaymentMethod | undefined => {
  if (id === undefined) return methodForInvoice(world, invoice);
  const method = resolvePaymentMethod(world, ctx, id);
  if (method.customer !== null && method.customer !== invoice.customer)
    throw invalidRequest(
      `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
      "resource_missing",
      "payment_method",
    );
  return method;
};

/** Pays an invoice because somebody asks for it now, drafts included. Throws the issuer's refusal. */
export const payInvoiceNow = (world: World, ctx: Context, invoice: Invoice, fields: PayFields): Invoice => {
  checkInvoicePayable(invoice);
  const at = atCustomer(world, ctx, invoice.customer as string);
  if (fields.paid_out_of_band) {
    if (invoice.status === "draft") finalizeInvoice(world, at, invoice);
    settleWithoutCharge(world, at, invoice, { outOfBand: true });
    settleSubscription(world, at, invoice, { status: "succeeded" });
    return invoice;
  }
  const method = methodFor(world, at, invoice, fields.payment_method);
  if (!method && invoice.amount_remaining > 0) throw new StripeError(400, noMethod);
  if (invoice.status === "draft") finalizeInvoice(world, at, invoice);
  const outcome = collectInvoice(world, at, invoice, method, { byMerchant: fields.off_session ?? true });
  if (outcome.status === "failed")
    throw new StripeError(outcome.error.type === "card_error" ? 402 : 400, outcome.error);
  if (outcome.status === "requires_action")
    throw cardError({
      code: "invoice_payment_intent_requires_action",
      message:
        "Payment for this invoice requires additional user action before it can be completed successfully. " +
        "Payment can be completed using the PaymentIntent associated with the invoice. For more details see: " +
        "https://stripe.com/docs/billing/subscriptions/overview#requires-action",
    });
  return invoice;
};
