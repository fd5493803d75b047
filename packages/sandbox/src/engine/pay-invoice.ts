import { type ChargeOptions, type ChargeOutcome, chargeIntent } from "./charge-intent.js";
import type { Context } from "./context.js";
import { emit } from "./emit.js";
import { intentOf, markInvoicePaid } from "./finalize-invoice.js";
import { find } from "./find.js";
import { needStatus } from "./invoice.js";
import type { Invoice, PaymentMethod, Subscription } from "./wire.js";
import type { World } from "./world.js";

/** Notes a try that did not bring the money, or not yet. */
export const markInvoiceUnpaid = (
  world: World,
  ctx: Context,
  invoice: Invoice,
  outcome: ChargeOutcome,
): void => {
  invoice.attempted = true;
  invoice.attempt_count += 1;
  const type =
    outcome.status === "requires_action" ? "invoice.payment_action_required" : "invoice.payment_failed";
  emit(world, ctx, type, invoice);
};

/** Collects an open invoice with a payment method; a refusal is an outcome, not a throw. */
export const payInvoice = (
  world: World,
  ctx: Context,
  invoice: Invoice,
  method: PaymentMethod | undefined,
  options: ChargeOptions,
): ChargeOutcome => {
  needStatus(invoice, "open", "Invoice is already paid");
  const intent = intentOf(world, invoice);
  if (invoice.amount_due === 0 || !intent) {
    markInvoicePaid(world, ctx, invoice);
    return { status: "succeeded" };
  }
  const outcome: ChargeOutcome = method
    ? chargeIntent(world, ctx, intent, method, options)
    : {
        status: "failed",
        error: {
          type: "invalid_request_error",
          code: "resource_missing",
          message:
            "There is no `default_payment_method` set on this Customer or Invoice. " +
            "Please attach a default payment method.",
        },
      };
  if (outcome.status === "succeeded") markInvoicePaid(world, ctx, invoice);
  else markInvoiceUnpaid(world, ctx, invoice, outcome);
  return outcome;
};

/** The card that pays for a subscription by itself: its own, or else its customer's default. */
export const defaultMethodOf = (world: World, subscription: Subscription): PaymentMethod | undefined => {
  const customer = find(world.customers, subscription.customer);
  const id = subscription.default_payment_method ?? customer?.invoice_settings.default_payment_method;
  return find(world.paymentMethods, id as string | null | undefined);
};

/** The subscription that an invoice bills, or undefined. */
export const subscriptionOf = (world: World, invoice: Invoice): Subscription | undefined =>
  find(world.subscriptions, invoice.parent?.subscription_details?.subscription);
