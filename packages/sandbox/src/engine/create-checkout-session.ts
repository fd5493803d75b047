import { checkoutLine } from "./checkout-line.js";
import { checkMode, checkPrices, checkUrls, type NewCheckoutSession } from "./checkout-order.js";
import { type Context, seconds } from "./context.js";
import { needCustomer } from "./customer.js";
import { newCheckoutSession } from "./new-checkout-session.js";
import { invalidRequest } from "./stripe-error.js";
import { touch } from "./touch.js";
import type { CheckoutSession, LineItem } from "./wire.js";
import type { World } from "./world.js";

const hour = 3600;

const expiryOf = (ctx: Context, wanted: number | undefined): number => {
  const now = seconds(ctx);
  if (wanted === undefined) return now + 24 * hour;
  if (wanted < now + hour / 2 || wanted > now + 24 * hour)
    throw invalidRequest(
      "The `expires_at` timestamp must be at least 30 minutes and at most 24 hours from Checkout Session creation.",
      undefined,
      "expires_at",
    );
  return wanted;
};

/** What is due on the page: the lines, or nothing while a trial runs. */
const dueNow = (lines: LineItem[], trial: boolean): number =>
  trial ? 0 : lines.reduce((sum, line) => sum + line.amount_total, 0);

const hiddenPart = (fields: NewCheckoutSession, lines: LineItem[]): World["hidden"]["checkouts"][string] => ({
  lineItems: lines,
  adjustable: lines.some((line) => line.adjustable_quantity !== null),
  subscription: {
    metadata: fields.subscription_data?.metadata ?? {},
    description: fields.subscription_data?.description ?? null,
    trialEnd: fields.subscription_data?.trial_end ?? null,
    trialPeriodDays: fields.subscription_data?.trial_period_days ?? null,
    missingPaymentMethod: fields.subscription_data?.missing_payment_method ?? "create_invoice",
  },
  paymentMetadata: fields.payment_intent_data?.metadata ?? fields.setup_intent_data?.metadata ?? {},
  setupFutureUsage: fields.payment_intent_data?.setup_future_usage ?? null,
  progress: {
    customer: fields.customer ?? null,
    subscription: null,
    paymentIntent: null,
    setupIntent: null,
    email: null,
    name: null,
  },
});

/** Opens a hosted checkout. Stripe tells nobody of it until it is completed or expires. */
export const createCheckoutSession = (
  world: World,
  ctx: Context,
  fields: NewCheckoutSession,
): CheckoutSession => {
  checkMode(fields);
  checkUrls(fields);
  const expiresAt = expiryOf(ctx, fields.expires_at);
  const customer = fields.customer === undefined ? null : needCustomer(world, fields.customer).id;
  const lines = (fields.line_items ?? []).map((line, index) => checkoutLine(world, ctx, line, index));
  checkPrices(fields.mode, lines);
  const trial = Boolean(fields.subscription_data?.trial_period_days ?? fields.subscription_data?.trial_end);
  const session = newCheckoutSession(ctx, {
    id: ctx.ids.id("cs_test").replace("cs_test_1", "cs_test_a1") + ctx.ids.secret(34),
    mode: fields.mode,
    allowPromotionCodes: fields.allow_promotion_codes ?? null,
    amount: fields.mode === "setup" ? null : dueNow(lines, trial),
    cancelUrl: fields.cancel_url ?? null,
    clientReferenceId: fields.client_reference_id ?? null,
    currency: lines[0]?.currency ?? fields.currency ?? null,
    customer,
    customerEmail: fields.customer_email ?? null,
    expiresAt,
    locale: fields.locale ?? null,
    metadata: fields.metadata ?? {},
    paymentMethodCollection:
      fields.payment_method_collection ??
      (fields.mode === "setup" ? "always" : fields.mode === "payment" ? "if_required" : "always"),
    submitType: fields.submit_type ?? null,
    successUrl: fields.success_url,
  });
  world.checkoutSessions[session.id] = session;
  touch(world, session.id);
  world.hidden.checkouts[session.id] = hiddenPart(fields, lines);
  return session;
};
