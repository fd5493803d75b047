import type { Context } from "./context.js";
import { change, emit } from "./emit.js";
import { finalizeInvoice, markInvoicePaid } from "./finalize-invoice.js";
import { find } from "./find.js";
import { announce, type NewSubscription, openSubscription } from "./open-subscription.js";
import type { CheckoutSession, Customer, Subscription } from "./wire.js";
import type { CheckoutIntent, World } from "./world.js";

const detailsOf = (
  session: CheckoutSession,
  customer: Customer | undefined,
  given: { email: string | null; name: string | null },
): NonNullable<CheckoutSession["customer_details"]> => ({
  address: { city: null, country: "US", line1: null, line2: null, postal_code: null, state: null },
  business_name: null,
  email: given.email ?? customer?.email ?? session.customer_email,
  individual_name: null,
  name: given.name ?? customer?.name ?? null,
  phone: null,
  tax_exempt: "none",
  tax_ids: [],
});

/** A session whose trial costs nothing yet gets its subscription only now that the card is known. */
const startTrial = (world: World, ctx: Context, session: CheckoutSession, method: string | null): void => {
  const hidden = world.hidden.checkouts[session.id];
  if (!hidden || hidden.progress.customer === null) return;
  const { subscription, invoice, position } = openSubscription(world, ctx, {
    ...orderOf(hidden, hidden.progress.customer),
    default_payment_method: method,
  });
  finalizeInvoice(world, ctx, invoice);
  markInvoicePaid(world, ctx, invoice);
  if (subscription.status === "incomplete") subscription.status = "active";
  announce(world, ctx, subscription, position);
  hidden.progress.subscription = subscription.id;
};

/** What a session's subscription is to be made of. */
export const orderOf = (hidden: CheckoutIntent, customer: string): NewSubscription => ({
  customer,
  items: hidden.lineItems.flatMap((line) =>
    line.price ? [{ price: line.price.id, quantity: line.quantity ?? 1 }] : [],
  ),
  metadata: hidden.subscription.metadata,
  description: hidden.subscription.description,
  trial_end: hidden.subscription.trialEnd,
  trial_period_days: hidden.subscription.trialPeriodDays,
  missing_payment_method: hidden.subscription.missingPaymentMethod,
  save_default_payment_method: "on_subscription",
});

/** Hands a session over: what it made is now in it, and its page goes on to the app. */
export const completeCheckout = (
  world: World,
  ctx: Context,
  session: CheckoutSession,
  method: string | null,
): void => {
  const hidden = world.hidden.checkouts[session.id];
  if (!hidden || session.status !== "open") return;
  const { progress } = hidden;
  if (session.mode === "subscription" && progress.subscription === null)
    startTrial(world, ctx, session, method);
  const customer = find(world.customers, progress.customer);
  const subscription = find(world.subscriptions, progress.subscription);
  session.status = "complete";
  session.url = null;
  session.customer = progress.customer;
  session.customer_details = detailsOf(session, customer, progress);
  session.payment_status =
    session.mode === "setup" || session.amount_total === 0 ? "no_payment_required" : "paid";
  session.payment_intent = session.mode === "payment" ? progress.paymentIntent : null;
  session.setup_intent = session.mode === "setup" ? progress.setupIntent : null;
  session.subscription = progress.subscription;
  session.invoice = (subscription?.latest_invoice ?? null) as string | null;
  emit(world, ctx, "checkout.session.completed", session);
};

/** The card that was set up becomes the subscription's own. */
export const adoptMethod = (world: World, ctx: Context, subscription: Subscription, method: string): void => {
  change(world, ctx, "customer.subscription.updated", subscription, (draft) => {
    draft.default_payment_method = method;
    draft.pending_setup_intent = null;
  });
};
