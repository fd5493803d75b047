import { BillingError, type PaymentEvent } from "@tollgate/core";
import type Stripe from "stripe";
import { idOrNull } from "../language/id-of.js";
import { createNames, type PriceMarks } from "../language/names.js";
import { readId } from "../language/read-id.js";
import { readMoney } from "../language/read-money.js";
import type { EventHead, StripeObject } from "./parse-event.js";

const paymentTypes: Readonly<Record<string, PaymentEvent["type"]>> = {
  "invoice.paid": "payment.succeeded",
  "invoice.payment_failed": "payment.failed",
  "invoice.payment_action_required": "payment.action_required",
};

/** Stripe's types of invoice events that mean something to us. */
export const invoiceEventTypes: readonly string[] = Object.keys(paymentTypes);

/**
 * The payment in an `invoice.*` event; `null` where nothing was to be paid, as at the start of a trial.
 *
 * @throws BillingError `invalid_event`
 */
export function normalizeInvoice(
  head: EventHead,
  type: string,
  object: StripeObject,
  marks: PriceMarks,
): PaymentEvent | null {
  const neutral = Object.hasOwn(paymentTypes, type) ? paymentTypes[type] : undefined;
  if (neutral === undefined) return null;
  const invoice = object as unknown as Stripe.Invoice;
  const amount = neutral === "payment.succeeded" ? invoice.amount_paid : invoice.amount_due;
  if (amount === 0) return null;
  const invoiceId = readId(invoice);
  if (invoiceId === null) throw new BillingError("invalid_event", "The event's invoice has no id.");
  // Versions before 2025-03-31 have it at the top: https://docs.stripe.com/changelog/basil
  const subscriptionId =
    idOrNull(invoice.parent?.subscription_details?.subscription) ?? readId(object.subscription);
  return {
    ...head,
    type: neutral,
    providerCustomerId: idOrNull(invoice.customer),
    subscriptionId,
    invoiceId,
    isOfCatalog: subscriptionId === null && hasOwnLine(object.lines, marks),
    // Stripe counts the attempts of its own schedule: one made by hand in between has the number of the one before.
    attempt: Number.isSafeInteger(invoice.attempt_count) ? invoice.attempt_count : null,
    ...readMoney(amount, invoice.currency),
  };
}

/** By the ids that we give to products, or by prices that are mapped; an event has only an invoice's first lines, and those are enough. */
function hasOwnLine(lines: unknown, { app, mapping }: PriceMarks): boolean {
  const names = createNames(app, mapping);
  if (typeof lines !== "object" || lines === null || !("data" in lines) || !Array.isArray(lines.data))
    return false;
  return (lines.data as readonly Stripe.InvoiceLineItem[]).some((line) => {
    const product = readId(line?.pricing?.price_details?.product);
    if (product !== null && names.isOurProduct(product)) return true;
    const price = readId(line?.pricing?.price_details?.price);
    return price !== null && names.mapping.planOf.has(price);
  });
}
