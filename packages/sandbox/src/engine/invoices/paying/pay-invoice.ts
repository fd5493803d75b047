import { cardOnFile, namedBy } from "../../methods/on-file.js";
import { type ChargeOptions, type ChargeOutcome, chargeIntent } from "../../payments/charge-intent.js";
import type { Context } from "../../world/context.js";
import { emit } from "../../world/emit.js";
import { find } from "../../world/find.js";
import { invalidRequest } from "../../world/stripe-error.js";
import type { Invoice, PaymentMethod, Subscription } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { intentOf } from "./invoice-payment.js";
import { countAttempt, markInvoicePaid, updateInvoiceQuietly } from "./mark-invoice-paid.js";

/** A payment that waits for its customer is not tried again. https://support.stripe.com/questions/subscription-retries-for-failed-3d-secure-authorizations */
const retryAfter = (invoice: Invoice, outcome: ChargeOutcome, planned: number | null | undefined) => {
  if (outcome.status === "requires_action") return null;
  return planned === undefined ? invoice.next_payment_attempt : planned;
};

/** Notes a try that did not bring the money, or not yet; `planned` is given for tries of the schedule alone. */
export const markInvoiceUnpaid = (
  world: World,
  ctx: Context,
  invoice: Invoice,
  outcome: ChargeOutcome,
  planned?: number | null,
): void => {
  updateInvoiceQuietly(world, ctx, invoice, (draft) => {
    // A payment that waits for its customer, who is there, has not been tried yet.
    if (outcome.status === "requires_action" && planned === undefined) draft.attempted = true;
    else countAttempt(draft, planned !== undefined);
    draft.next_payment_attempt = retryAfter(invoice, outcome, planned);
  });
  const type =
    outcome.status === "requires_action" ? "invoice.payment_action_required" : "invoice.payment_failed";
  emit(world, ctx, type, invoice);
};

/** Refuses to pay what can no longer be paid. */
export const checkInvoicePayable = (invoice: Invoice): void => {
  if (invoice.status === "paid") throw invalidRequest("Invoice is already paid");
  if (invoice.status === "void") throw invalidRequest("This invoice is void and can no longer be paid.");
};

/** Collects an open invoice with a payment method; a refusal is an outcome, not a throw. */
export const payInvoice = (
  world: World,
  ctx: Context,
  invoice: Invoice,
  method: PaymentMethod | undefined,
  options: ChargeOptions,
): ChargeOutcome => {
  checkInvoicePayable(invoice);
  const intent = intentOf(world, invoice);
  if (invoice.amount_remaining === 0 || !intent) {
    markInvoicePaid(world, ctx, invoice);
    return { status: "succeeded" };
  }
  const outcome: ChargeOutcome = method
    ? chargeIntent(world, ctx, intent, method, options)
    : { status: "failed", error: noMethod };
  if (outcome.status === "succeeded")
    markInvoicePaid(world, ctx, invoice, { scheduled: options.nextAttempt !== undefined });
  else if (outcome.status === "processing") invoice.next_payment_attempt = null;
  else markInvoiceUnpaid(world, ctx, invoice, outcome, options.nextAttempt);
  return outcome;
};

/** What Stripe answers when nothing is on file to pay with. */
export const noMethod = {
  type: "invalid_request_error",
  code: "resource_missing",
  message:
    "There is no `default_payment_method` set on this Customer or Invoice. " +
    "Please attach a default payment method.",
} as const;

/** The card that pays for a subscription by itself: its own, or else its customer's default. */
export const defaultMethodOf = (world: World, subscription: Subscription): PaymentMethod | undefined =>
  cardOnFile(world, subscription, namedBy(find(world.customers, subscription.customer)));

/** The card that pays an invoice by itself: its own, its subscription's, or its customer's default. */
export const methodForInvoice = (world: World, invoice: Invoice): PaymentMethod | undefined =>
  cardOnFile(
    world,
    invoice,
    subscriptionOf(world, invoice),
    namedBy(find(world.customers, invoice.customer)),
  );

/** The subscription that an invoice bills, or undefined. */
export const subscriptionOf = (world: World, invoice: Invoice): Subscription | undefined =>
  find(world.subscriptions, invoice.parent?.subscription_details?.subscription);
