import { type CheckoutLine, checkoutLine } from "./checkout-line.js";
import { type Context, seconds } from "./context.js";
import { needCustomer } from "./customer.js";
import { type CheckoutMode, newCheckoutSession } from "./new-checkout-session.js";
import type { MissingMethod } from "./new-subscription.js";
import { invalidRequest } from "./stripe-error.js";
import type { CheckoutSession, LineItem } from "./wire.js";
import type { World } from "./world.js";

export type NewCheckoutSession = {
  mode: CheckoutMode;
  success_url: string;
  cancel_url?: string;
  allow_promotion_codes?: boolean;
  client_reference_id?: string;
  currency?: string;
  customer?: string;
  customer_email?: string;
  expires_at?: number;
  line_items?: CheckoutLine[];
  locale?: string;
  metadata?: Record<string, string>;
  payment_intent_data?: {
    metadata?: Record<string, string>;
    setup_future_usage?: "off_session" | "on_session";
  };
  payment_method_collection?: "always" | "if_required";
  setup_intent_data?: { metadata?: Record<string, string> };
  submit_type?: string;
  subscription_data?: {
    description?: string;
    metadata?: Record<string, string>;
    trial_end?: number;
    trial_period_days?: number;
    missing_payment_method?: MissingMethod;
  };
};

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

const checkUrls = (fields: NewCheckoutSession): void => {
  for (const param of ["success_url", "cancel_url"] as const) {
    const url = fields[param];
    if (url !== undefined && !/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : ""))
      throw invalidRequest("Not a valid URL", "url_invalid", param);
  }
};

const checkMode = (fields: NewCheckoutSession): void => {
  const lines = fields.line_items ?? [];
  if (fields.mode !== "setup" && lines.length === 0)
    throw invalidRequest("Missing required param: line_items.", "parameter_missing", "line_items");
  if (fields.mode === "setup" && lines.length > 0)
    throw invalidRequest("You can not pass `line_items` in `setup` mode.", undefined, "line_items");
  if (fields.mode !== "subscription" && fields.subscription_data)
    throw invalidRequest(
      "You can not pass `subscription_data` in `payment` mode.",
      undefined,
      "subscription_data",
    );
  if (fields.customer !== undefined && fields.customer_email !== undefined)
    throw invalidRequest(
      "You may only specify one of these parameters: customer, customer_email.",
      "parameters_exclusive",
    );
};

const checkPrices = (mode: CheckoutMode, lines: LineItem[]): void => {
  const recurring = lines.filter((line) => line.price?.recurring).length;
  if (mode === "subscription" && recurring === 0)
    throw invalidRequest(
      "You must provide at least one recurring price in `subscription` mode when using prices.",
      undefined,
      "line_items",
    );
  if (mode === "subscription" && recurring < lines.length)
    throw invalidRequest(
      "This sandbox bills only recurring prices in `subscription` mode.",
      undefined,
      "line_items",
    );
  if (mode === "payment" && recurring > 0)
    throw invalidRequest(
      "You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.",
      undefined,
      "line_items",
    );
  if (new Set(lines.map((line) => line.currency)).size > 1)
    throw invalidRequest("All line items must have the same currency.", undefined, "line_items");
};

/** What is due on the page: the lines, or nothing while a trial runs. */
export const dueNow = (lines: LineItem[], trial: boolean): number =>
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
  world.hidden.checkouts[session.id] = hiddenPart(fields, lines);
  return session;
};
