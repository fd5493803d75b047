import { creditBalance, moveBalance } from "../../customers/customer-balance.js";
import { finalizeInvoice, intentOf, markInvoicePaid } from "../../invoices/paying/finalize-invoice.js";
import { paymentDetailsOf } from "../../payments/payment-details.js";
import { createPaymentIntent } from "../../payments/payment-intent.js";
import { shareOfInvoice } from "../../payments/share-of-invoice.js";
import { readThreeDSecure } from "../../payments/three-d-secure.js";
import { applyOutcome } from "../../subscriptions/changing/settle-subscription.js";
import { announce } from "../../subscriptions/opening/open-subscription.js";
import { find, need } from "../../world/find.js";
import { seededIds } from "../../world/ids.js";
import { scratchOf } from "../../world/scratch-world.js";
import type { Invoice, PaymentIntent } from "../../world/wire.js";
import { openFromCheckout } from "./checkout-subscription.js";
import type { Desk } from "./identify-payer.js";

/** Before basil, the first attempt to pay makes the subscription, and its invoice is what is paid. */
const intentOfInvoice = (desk: Desk, customer: string): PaymentIntent | undefined => {
  const { world, ctx, hidden } = desk;
  const earlier = find(world.subscriptions, hidden.progress.subscription);
  const invoice = find(world.invoices, earlier?.latest_invoice as string | null | undefined);
  if (invoice) return intentOf(world, invoice);
  const opened = openFromCheckout(desk, customer, null);
  hidden.progress.subscription = opened.subscription.id;
  announce(world, ctx, opened.subscription, opened.position);
  finalizeInvoice(world, ctx, opened.invoice);
  return intentOf(world, opened.invoice);
};

/** What the first invoice will ask for: tried out on a copy. */
const firstDue = ({ world, ctx, session, hidden }: Desk, customer: string): number => {
  const scratch = scratchOf(world);
  const trial = { ...ctx, ids: seededIds("first invoice") };
  const opened = openFromCheckout({ world: scratch, ctx: trial, session, hidden }, customer, null);
  return finalizeInvoice(scratch, trial, opened.invoice).amount_due;
};

/** The intent that takes the money of a session's subscription; undefined if nothing is due. */
export const subscriptionIntent = (desk: Desk, customer: string): PaymentIntent | undefined => {
  const { world, ctx, hidden } = desk;
  if (hidden.subscribesFirst || hidden.progress.subscription !== null) return intentOfInvoice(desk, customer);
  const amount = firstDue(desk, customer);
  if (amount === 0) return undefined;
  const earlier = find(world.paymentIntents, hidden.progress.paymentIntent);
  if (earlier) {
    earlier.amount = amount;
    return earlier;
  }
  const intent = createPaymentIntent(world, ctx, {
    amount,
    currency: desk.session.currency ?? "usd",
    customer,
    description: "Subscription creation",
    capture_method: "automatic",
    forInvoice: true,
    connect: shareOfInvoice(amount, hidden.order.subscription_data ?? {}),
    threeDSecure: readThreeDSecure(hidden.order.payment_method_options),
    managed: hidden.order.managed_payments?.enabled ?? false,
    setup_future_usage: "off_session",
  });
  hidden.progress.paymentIntent = intent.id;
  return intent;
};

/** Lets an invoice ask for what was paid: since then, the balance that it is settled with may have moved. */
const finalizeFor = ({ world, ctx }: Desk, invoice: Invoice, intent: PaymentIntent): void => {
  const customer = need(world.customers, "customer", invoice.customer as string, "customer");
  const shift = intent.amount - invoice.total - creditBalance(world, customer, invoice.currency);
  const entry = { currency: invoice.currency, type: "adjustment" as const };
  if (shift !== 0) moveBalance(world, ctx, customer, { ...entry, amount: shift });
  finalizeInvoice(world, ctx, invoice, intent);
  if (shift !== 0) moveBalance(world, ctx, customer, { ...entry, amount: -shift });
};

/**
 * Makes a session's subscription, with its first invoice, once that is paid, or its debit on its way, or nothing is
 * due. https://docs.stripe.com/changelog/basil/2025-03-31/checkout-legacy-subscription-upgrade
 */
export const startSubscription = (desk: Desk, customer: string, method: string | null): void => {
  const { world, ctx, hidden } = desk;
  const { subscription, invoice, position } = openFromCheckout(desk, customer, method);
  const intent = find(world.paymentIntents, hidden.progress.paymentIntent);
  const paid = intent?.status === "succeeded" || intent?.status === "processing" ? intent : undefined;
  if (paid) {
    finalizeFor(desk, invoice, paid);
    paid.payment_details = paymentDetailsOf({ order_reference: invoice.id });
  } else finalizeInvoice(world, ctx, invoice);
  if (paid?.status !== "processing") markInvoicePaid(world, ctx, invoice);
  applyOutcome(world, subscription, invoice, {
    status: paid?.status === "processing" ? "processing" : "succeeded",
  });
  announce(world, ctx, subscription, position);
  hidden.progress.subscription = subscription.id;
};
