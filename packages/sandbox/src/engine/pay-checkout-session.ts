import type { ChargeOutcome } from "./charge-intent.js";
import { applyQuantity, type CheckoutPayer, type Desk, identify, keep, methodOf } from "./checkout-desk.js";
import { completeCheckout, orderOf } from "./complete-checkout.js";
import { settlePayment, settleSetup } from "./confirm-intent.js";
import type { Context } from "./context.js";
import { finalizeInvoice, intentOf } from "./finalize-invoice.js";
import { find, need } from "./find.js";
import { announce, openSubscription } from "./open-subscription.js";
import { createPaymentIntent } from "./payment-intent.js";
import { createSetupIntent } from "./setup-intent.js";
import { invalidRequest, StripeError, type StripeErrorBody } from "./stripe-error.js";
import type { PaymentIntent, PaymentMethod } from "./wire.js";
import type { World } from "./world.js";

export { authenticateIntent } from "./authenticate-intent.js";
export type { CheckoutPayer } from "./checkout-desk.js";
export type { CardInput } from "./payment-method.js";

export type CheckoutOutcome =
  | { status: "complete" }
  /** `intent` is the PaymentIntent or SetupIntent to authenticate at `/3ds/:intentId`. */
  | { status: "requires_action"; intent: string }
  | { status: "failed"; error: StripeErrorBody };

const subscriptionIntent = (desk: Desk, customer: string): PaymentIntent | undefined => {
  const { world, ctx, hidden } = desk;
  const earlier = find(world.subscriptions, hidden.progress.subscription);
  const invoice = find(world.invoices, earlier?.latest_invoice);
  if (invoice) return intentOf(world, invoice);
  const opened = openSubscription(world, ctx, orderOf(hidden, customer));
  hidden.progress.subscription = opened.subscription.id;
  announce(world, ctx, opened.subscription, opened.position);
  finalizeInvoice(world, ctx, opened.invoice);
  return intentOf(world, opened.invoice);
};

const paymentIntent = ({ world, ctx, session, hidden }: Desk, customer: string | null): PaymentIntent => {
  const earlier = find(world.paymentIntents, hidden.progress.paymentIntent);
  if (earlier) return earlier;
  const intent = createPaymentIntent(world, ctx, {
    amount: session.amount_total ?? 0,
    currency: session.currency ?? "usd",
    customer,
    metadata: hidden.paymentMetadata,
    setup_future_usage: hidden.setupFutureUsage,
  });
  hidden.progress.paymentIntent = intent.id;
  return intent;
};

const toOutcome = (outcome: ChargeOutcome, intent: string): CheckoutOutcome => {
  if (outcome.status === "succeeded") return { status: "complete" };
  return outcome.status === "failed" ? outcome : { status: "requires_action", intent };
};

/** Asks for the money and lets the session wait for it. */
const charge = (desk: Desk, method: PaymentMethod, customer: string | null): CheckoutOutcome => {
  const { world, ctx, session } = desk;
  const intent =
    session.mode === "subscription" && customer !== null
      ? subscriptionIntent(desk, customer)
      : paymentIntent(desk, customer);
  if (!intent) throw invalidRequest("There is nothing to pay in this Checkout Session.");
  world.hidden.waiting[intent.id] = { kind: "checkout", session: session.id };
  return toOutcome(settlePayment(world, ctx, intent, method, {}), intent.id);
};

/** Keeps a card that pays later, and lets the session wait for it. */
const setUp = (desk: Desk, method: PaymentMethod, customer: string | null): CheckoutOutcome => {
  const { world, ctx, session, hidden } = desk;
  const intent =
    find(world.setupIntents, hidden.progress.setupIntent) ??
    createSetupIntent(world, ctx, { customer, metadata: hidden.paymentMetadata });
  hidden.progress.setupIntent = intent.id;
  world.hidden.waiting[intent.id] = { kind: "checkout", session: session.id };
  return toOutcome(settleSetup(world, ctx, intent, method, {}), intent.id);
};

const pay = (desk: Desk, payer: CheckoutPayer): CheckoutOutcome => {
  const { world, ctx, session } = desk;
  applyQuantity(desk, payer.quantity);
  const nothingDue = session.mode === "setup" || session.amount_total === 0;
  const method = methodOf(desk, payer);
  if (!method && (!nothingDue || session.payment_method_collection === "always"))
    throw invalidRequest("Missing required param: card.", "parameter_missing", "card");
  const customer = identify(desk, payer);
  if (!method) {
    completeCheckout(world, ctx, session, null);
    return { status: "complete" };
  }
  if (nothingDue) return setUp(desk, method, customer);
  if (session.mode === "subscription") keep(desk, method, customer);
  return charge(desk, method, customer);
};

/**
 * Pays or confirms an open session the way the hosted page does. A card that is refused is an outcome, and
 * another may be tried.
 *
 * @throws StripeError if the session is missing or no longer open.
 */
export const payCheckoutSession = (
  world: World,
  ctx: Context,
  sessionId: string,
  payer: CheckoutPayer,
): CheckoutOutcome => {
  const session = need(world.checkoutSessions, "checkout.session", sessionId);
  const hidden = world.hidden.checkouts[sessionId];
  if (session.status !== "open" || !hidden)
    throw invalidRequest(`This Checkout Session is ${session.status}.`);
  try {
    return pay({ world, ctx, session, hidden }, payer);
  } catch (thrown) {
    if (thrown instanceof StripeError && thrown.body.type === "card_error")
      return { status: "failed", error: thrown.body };
    throw thrown;
  }
};
