import { couponBehind } from "../../discounts/coupon.js";
import { intentOf } from "../../invoices/paying/invoice-payment.js";
import { savedMethods } from "../../methods/saved-methods.js";
import { find, need } from "../../world/find.js";
import type {
  CheckoutSession,
  LineItem,
  PaymentIntent,
  PaymentMethod,
  SetupIntent,
} from "../../world/wire.js";
import type { World } from "../../world/world.js";
import type { CheckoutDiscount, HiddenCheckout } from "../terms/checkout-order.js";

/**
 * A session as Stripe.js and Stripe's CLI see it at `/v1/payment_pages/:id`. Stripe does not document this
 * object; it has what the elements of an app's own page need, and nothing that a browser must not know.
 */
export type PaymentPage = Pick<
  CheckoutSession,
  | "amount_subtotal"
  | "amount_total"
  | "automatic_tax"
  | "billing_address_collection"
  | "collected_information"
  | "consent_collection"
  | "currency"
  | "custom_fields"
  | "custom_text"
  | "customer_email"
  | "expires_at"
  | "livemode"
  | "locale"
  | "mode"
  | "payment_method_types"
  | "payment_status"
  | "phone_number_collection"
  | "redirect_on_completion"
  | "return_url"
  | "saved_payment_method_options"
  | "shipping_address_collection"
  | "shipping_cost"
  | "status"
  | "submit_type"
  | "tax_id_collection"
  | "total_details"
  | "ui_mode"
> & {
  id: string;
  object: "payment_page";
  session_id: string;
  /** Whether a code may be typed. */
  allow_promotion_codes: boolean;
  business_name: string;
  /** The customer's or the one that was typed. */
  email: string | null;
  line_items: LineItem[];
  /** What the discount takes off, and the code that was typed for it. */
  discounts: Array<{
    amount: number;
    coupon: string;
    promotion_code: string | null;
    code: string | null;
    name: string | null;
    percent_off: number | null;
    duration: string;
    duration_in_months: number | null;
  }>;
  /** What was typed so far. */
  billing_address: TypedBilling["address"];
  individual_name: string | null;
  name: string | null;
  phone: string | null;
  tax_ids: TypedBilling["taxIds"];
  /** What the customer saved and may use again here. */
  saved_payment_methods: PaymentMethod[];
  shipping_options: Array<{ id: string; amount: number; display_name: string | null }>;
  /** How much a subscription's trial is, in days; null without one. */
  trial_period_days: number | null;
  trial_end: number | null;
  payment_intent: IntentView<PaymentIntent> | null;
  setup_intent: IntentView<SetupIntent> | null;
};

type TypedBilling = HiddenCheckout["progress"];

type IntentView<T extends PaymentIntent | SetupIntent> = Pick<
  T,
  "client_secret" | "id" | "next_action" | "object" | "status"
>;

const viewOf = <T extends PaymentIntent | SetupIntent>(intent: T | undefined): IntentView<T> | null =>
  intent
    ? {
        id: intent.id,
        object: intent.object,
        client_secret: intent.client_secret,
        next_action: intent.next_action,
        status: intent.status,
      }
    : null;

const businessOf = ({ account }: World): string => {
  const profile = account.business_profile;
  const named = typeof profile === "object" && profile !== null && "name" in profile ? profile.name : null;
  return typeof named === "string" && named !== "" ? named : "Sandbox shop";
};

const describeDiscount = (
  world: World,
  discount: CheckoutDiscount,
  session: CheckoutSession,
): PaymentPage["discounts"][number] => {
  const coupon = couponBehind(world, discount.coupon);
  return {
    ...discount,
    amount: session.total_details?.amount_discount ?? 0,
    code: find(world.promotionCodes, discount.promotion_code)?.code ?? null,
    name: coupon?.name ?? null,
    percent_off: coupon?.percent_off ?? null,
    duration: coupon?.duration ?? "once",
    duration_in_months: coupon?.duration_in_months ?? null,
  };
};

/** What a session's page shows. */
export const paymentPage = (world: World, id: string): PaymentPage => {
  const session = need(world.checkoutSessions, "payment_page", id);
  const hidden = find(world.hidden.checkouts, id);
  const { progress, discount, order } = hidden ?? {};
  const customer = find(world.customers, progress?.customer);
  const subscription = find(world.subscriptions, progress?.subscription);
  const invoice = find(world.invoices, subscription?.latest_invoice as string | null | undefined);
  const intent = invoice ? intentOf(world, invoice) : find(world.paymentIntents, progress?.paymentIntent);
  return {
    id: `ppage_${session.id.slice("cs_test_".length, "cs_test_".length + 24)}`,
    object: "payment_page",
    session_id: session.id,
    allow_promotion_codes: session.allow_promotion_codes ?? false,
    amount_subtotal: session.amount_subtotal,
    amount_total: session.amount_total,
    automatic_tax: session.automatic_tax,
    billing_address_collection: session.billing_address_collection,
    business_name: businessOf(world),
    collected_information: session.collected_information,
    consent_collection: session.consent_collection,
    currency: session.currency,
    custom_fields: session.custom_fields,
    custom_text: session.custom_text,
    customer_email: session.customer_email,
    billing_address: progress?.address ?? null,
    discounts: discount ? [describeDiscount(world, discount, session)] : [],
    email: customer?.email ?? session.customer_email ?? progress?.email ?? null,
    expires_at: session.expires_at,
    line_items: hidden?.lineItems ?? [],
    individual_name: progress?.individualName ?? null,
    livemode: false,
    locale: session.locale,
    mode: session.mode,
    name: progress?.name ?? null,
    payment_intent: viewOf(intent),
    payment_method_types: session.payment_method_types,
    payment_status: session.payment_status,
    phone: progress?.phone ?? null,
    ...(session.phone_number_collection ? { phone_number_collection: session.phone_number_collection } : {}),
    ...(session.redirect_on_completion ? { redirect_on_completion: session.redirect_on_completion } : {}),
    ...(session.return_url ? { return_url: session.return_url } : {}),
    saved_payment_methods: savedMethods(world, session),
    saved_payment_method_options: session.saved_payment_method_options,
    setup_intent: viewOf(find(world.setupIntents, progress?.setupIntent)),
    shipping_address_collection: session.shipping_address_collection,
    shipping_cost: session.shipping_cost,
    shipping_options: session.shipping_options.map((option) => ({
      id: option.shipping_rate as string,
      amount: option.shipping_amount,
      display_name: find(world.shippingRates, option.shipping_rate as string)?.display_name ?? null,
    })),
    status: session.status,
    submit_type: session.submit_type,
    ...(session.tax_id_collection ? { tax_id_collection: session.tax_id_collection } : {}),
    tax_ids: progress?.taxIds ?? [],
    total_details: session.total_details,
    trial_end: order?.subscription_data?.trial_end ?? null,
    trial_period_days: order?.subscription_data?.trial_period_days ?? null,
    ui_mode: session.ui_mode,
  };
};
