import type { ChargeOutcome } from "./charge-intent.js";
import { setQuantity } from "./checkout-line.js";
import { completeCheckout, orderOf } from "./complete-checkout.js";
import { settlePayment, settleSetup } from "./confirm-intent.js";
import type { Context } from "./context.js";
import { announce, openSubscription } from "./create-subscription.js";
import { createCustomer, updateCustomer } from "./customer.js";
import { finalizeInvoice, intentOf } from "./finalize-invoice.js";
import { find, need } from "./find.js";
import { createPaymentIntent } from "./payment-intent.js";
import { attachPaymentMethod, behaviourOf, type CardInput, createPaymentMethod } from "./payment-method.js";
import { createSetupIntent } from "./setup-intent.js";
import { invalidRequest, StripeError, type StripeErrorBody } from "./stripe-error.js";
import type { CheckoutSession, PaymentIntent, PaymentMethod } from "./wire.js";
import type { CheckoutIntent, World } from "./world.js";

export { authenticateIntent } from "./authenticate-intent.js";
export type { CardInput } from "./payment-method.js";

export type CheckoutPayer = {
  card?: CardInput;
  paymentMethodId?: string;
  email?: string;
  name?: string;
  quantity?: number;
};

export type CheckoutOutcome =
  | { status: "complete" }
  /** `intent` is the PaymentIntent or SetupIntent to authenticate at `/3ds/:intentId`. */
  | { status: "requires_action"; intent: string }
  | { status: "failed"; error: StripeErrorBody };

type Desk = { world: World; ctx: Context; session: CheckoutSession; hidden: CheckoutIntent };

const started = ({ progress }: CheckoutIntent): boolean =>
  progress.subscription !== null || progress.paymentIntent !== null || progress.setupIntent !== null;

/** The page's quantity counts until the first attempt has made something of it. */
const applyQuantity = ({ session, hidden }: Desk, quantity: number | undefined): void => {
  const line = hidden.lineItems.find((item) => item.adjustable_quantity !== null);
  const limits = line?.adjustable_quantity;
  if (quantity === undefined || !line || !limits || started(hidden)) return;
  if (
    !Number.isInteger(quantity) ||
    quantity < Math.max(1, limits.minimum ?? 1) ||
    quantity > (limits.maximum ?? 99)
  )
    throw invalidRequest("This quantity is out of range.", "parameter_invalid_integer", "quantity");
  const wasFree = session.amount_total === 0;
  setQuantity(line, quantity);
  if (wasFree) return;
  session.amount_total = hidden.lineItems.reduce((sum, item) => sum + item.amount_total, 0);
  session.amount_subtotal = session.amount_total;
};

const methodOf = ({ world, ctx }: Desk, payer: CheckoutPayer): PaymentMethod | undefined => {
  if (payer.paymentMethodId !== undefined)
    return need(world.paymentMethods, "PaymentMethod", payer.paymentMethodId, "payment_method");
  if (!payer.card) return undefined;
  const details = { email: payer.email ?? null, name: payer.name ?? null };
  return createPaymentMethod(world, ctx, { card: payer.card, billing_details: details });
};

/** The session's customer; a new one is made from what was typed, except for a guest's single payment. */
const identify = ({ world, ctx, session, hidden }: Desk, payer: CheckoutPayer): string | null => {
  const { progress } = hidden;
  const email = payer.email ?? session.customer_email ?? null;
  progress.email = email;
  progress.name = payer.name ?? null;
  const known = find(world.customers, progress.customer);
  if (known && known.email === null && email !== null) updateCustomer(world, ctx, known.id, { email });
  if (known || (session.customer_creation === "if_required" && hidden.setupFutureUsage === null))
    return progress.customer;
  progress.customer = createCustomer(world, ctx, { email, name: progress.name }).id;
  return progress.customer;
};

/** Keeps the card with the customer, unless its issuer refuses even that. */
const keep = ({ world, ctx }: Desk, method: PaymentMethod, customer: string | null): void => {
  const { onSetup } = behaviourOf(world, method.id);
  if (customer !== null && (onSetup === "ok" || onSetup === "requires_action"))
    attachPaymentMethod(world, ctx, method, customer);
};

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
