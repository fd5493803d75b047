import { offeredMethods, playedIn } from "../../methods/offered-methods.js";
import { readThreeDSecure } from "../../payments/three-d-secure.js";
import { type Context, seconds } from "../../world/context.js";
import type { CheckoutSession } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import type { CheckoutOrder } from "../terms/checkout-order.js";
import { type CheckoutShow, showOrder } from "../terms/checkout-show.js";

export type CheckoutMode = "payment" | "setup" | "subscription";

export type CheckoutStart = {
  id: string;
  order: CheckoutOrder;
  mode: CheckoutMode;
  currency: string | null;
  customer: string | null;
  /** What the account calls itself to its customers. */
  merchant: string;
  /** Where to write to, if that is known already. */
  email: string | null;
  expiresAt: number;
  /** The payment link or the expired session that it comes from. */
  paymentLink?: string | null;
  recoveredFrom?: string | null;
};

const creationOf = ({ order, mode, customer }: CheckoutStart): CheckoutSession["customer_creation"] => {
  if (customer !== null) return null;
  return order.customer_creation ?? (mode === "payment" ? "if_required" : "always");
};

/** The kinds of payment methods that its configuration offers and that the order lets through. */
const offerOf = (
  world: World,
  { order, mode, currency }: CheckoutStart,
): Pick<CheckoutSession, "payment_method_configuration_details" | "payment_method_types"> => {
  const allowed: string[] | undefined = order.allowed_payment_method_types;
  const excluded: string[] = order.excluded_payment_method_types ?? [];
  const known = playedIn(mode === "setup" ? null : currency).filter(
    (type) => (allowed?.includes(type) ?? true) && !excluded.includes(type),
  );
  const configuration = order.payment_method_configuration;
  if (configuration === undefined && allowed)
    return { payment_method_configuration_details: null, payment_method_types: known };
  const offered = offeredMethods(world, "Checkout Session", { configuration, known });
  return { payment_method_configuration_details: offered.details, payment_method_types: offered.types };
};

/** What is known of whoever will pay, before they said anything. Stripe shows no more of a customer than this. */
const detailsOf = ({ customer, email, mode }: CheckoutStart): CheckoutSession["customer_details"] =>
  customer === null && email === null
    ? null
    : {
        address: null,
        business_name: null,
        email,
        individual_name: null,
        name: null,
        phone: null,
        tax_exempt: mode === "setup" ? null : "none",
        tax_ids: null,
      };

/** Where it is shown, and where a browser goes from there. */
const placeOf = (
  ctx: Context,
  { id, order }: CheckoutStart,
): Pick<
  CheckoutSession,
  "cancel_url" | "client_secret" | "redirect_on_completion" | "return_url" | "success_url" | "ui_mode" | "url"
> => {
  const ui = order.ui_mode ?? "hosted_page";
  const hosted = ui === "hosted_page";
  return {
    cancel_url: order.cancel_url ?? null,
    client_secret: hosted ? null : `${id}_secret_${ctx.ids.secret(50)}`,
    ...(ui === "embedded_page" ? { redirect_on_completion: order.redirect_on_completion ?? "always" } : {}),
    ...(order.return_url === undefined ? {} : { return_url: order.return_url }),
    success_url: order.success_url ?? null,
    ui_mode: ui,
    url: hosted ? `${ctx.baseUrl}/c/pay/${id}` : null,
  };
};

/** How its page looks: as the account's settings are at first, where the order says nothing else. */
const brandingOf = ({ order, merchant }: CheckoutStart): Pick<CheckoutSession, "branding_settings"> => {
  if (order.ui_mode === "elements") return {};
  const given = order.branding_settings;
  return {
    branding_settings: {
      background_color: given?.background_color || "#ffffff",
      border_style: given?.border_style || "rounded",
      button_color: given?.button_color || "#0074d4",
      display_name: given?.display_name || merchant,
      font_family: given?.font_family || "default",
      icon: given?.icon ?? null,
      logo: given?.logo ?? null,
    },
  };
};

/** An open session whose amounts are still to be worked out. */
export const newCheckoutSession = (world: World, ctx: Context, start: CheckoutStart): CheckoutSession => {
  const { id, order, mode } = start;
  const shown: CheckoutShow = showOrder(order);
  return {
    id,
    object: "checkout.session",
    ...shown,
    ...placeOf(ctx, start),
    // Left out, it is the account's setting, which accounts have on.
    adaptive_pricing: { enabled: mode !== "setup" && (order.adaptive_pricing?.enabled ?? true) },
    amount_subtotal: null,
    amount_total: null,
    ...brandingOf(start),
    collected_information: { business_name: null, individual_name: null, shipping_details: null },
    consent: null,
    created: seconds(ctx),
    currency: start.currency,
    currency_conversion: null,
    customer: start.customer,
    customer_account: null,
    customer_creation: creationOf(start),
    customer_details: detailsOf(start),
    discounts: mode === "setup" ? null : [],
    expires_at: start.expiresAt,
    invoice: null,
    livemode: false,
    managed_payments: mode === "setup" ? null : { enabled: order.managed_payments?.enabled ?? false },
    mode,
    payment_intent: null,
    payment_link: start.paymentLink ?? null,
    payment_method_collection:
      order.payment_method_collection ?? (mode === "payment" ? "if_required" : "always"),
    payment_method_options: {
      card: { request_three_d_secure: readThreeDSecure(order.payment_method_options) },
    },
    ...offerOf(world, start),
    payment_status: mode === "setup" ? "no_payment_required" : "unpaid",
    recovered_from: start.recoveredFrom ?? null,
    setup_intent: null,
    shipping_cost: null,
    shipping_options: [],
    status: "open",
    subscription: null,
    total_details: null,
  };
};
