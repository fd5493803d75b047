import type { Desk } from "./checkout-desk.js";
import { openFromCheckout } from "./checkout-subscription.js";
import { finalizeInvoice, intentOf } from "./finalize-invoice.js";
import { find } from "./find.js";
import { announce } from "./open-subscription.js";
import { createPaymentIntent } from "./payment-intent.js";
import type { PaymentIntent } from "./wire.js";

const subscriptionIntent = (desk: Desk, customer: string): PaymentIntent | undefined => {
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

const paymentIntent = (desk: Desk, customer: string | null, saves: boolean): PaymentIntent => {
  const { world, ctx, session, hidden } = desk;
  const earlier = find(world.paymentIntents, hidden.progress.paymentIntent);
  if (earlier) {
    earlier.amount = session.amount_total ?? earlier.amount;
    return earlier;
  }
  const data = hidden.order.payment_intent_data;
  const intent = createPaymentIntent(world, ctx, {
    amount: session.amount_total ?? 0,
    currency: session.currency ?? "usd",
    customer,
    ...(data?.capture_method ? { capture_method: data.capture_method } : {}),
    ...(data?.description ? { description: data.description } : {}),
    ...(data?.metadata ? { metadata: data.metadata } : {}),
    ...(data?.receipt_email ? { receipt_email: data.receipt_email } : {}),
    setup_future_usage: data?.setup_future_usage ?? (saves ? "on_session" : null),
  });
  hidden.progress.paymentIntent = intent.id;
  return intent;
};

/** The intent that takes a session's money: its subscription's first invoice's, or one of its own. */
export const checkoutIntent = (
  desk: Desk,
  customer: string | null,
  saves: boolean,
): PaymentIntent | undefined =>
  desk.session.mode === "subscription" && customer !== null
    ? subscriptionIntent(desk, customer)
    : paymentIntent(desk, customer, saves);
