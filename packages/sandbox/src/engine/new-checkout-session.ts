import { type Context, seconds } from "./context.js";
import type { CheckoutSession } from "./wire.js";

export type CheckoutMode = "payment" | "setup" | "subscription";

export type CheckoutStart = {
  id: string;
  mode: CheckoutMode;
  allowPromotionCodes: boolean | null;
  amount: number | null;
  cancelUrl: string | null;
  clientReferenceId: string | null;
  currency: string | null;
  customer: string | null;
  customerEmail: string | null;
  expiresAt: number;
  locale: string | null;
  metadata: Record<string, string>;
  paymentMethodCollection: "always" | "if_required" | null;
  submitType: string | null;
  successUrl: string;
};

const noText = {
  after_submit: null,
  shipping_address: null,
  submit: null,
  terms_of_service_acceptance: null,
};

/** An open session with its hosted page. */
export const newCheckoutSession = (ctx: Context, start: CheckoutStart): CheckoutSession => ({
  id: start.id,
  object: "checkout.session",
  adaptive_pricing: start.mode === "setup" ? null : { enabled: false },
  after_expiration: null,
  allow_promotion_codes: start.allowPromotionCodes,
  allowed_payment_method_types: null,
  amount_subtotal: start.amount,
  amount_total: start.amount,
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  billing_address_collection: null,
  cancel_url: start.cancelUrl,
  client_reference_id: start.clientReferenceId,
  client_secret: null,
  collected_information: { business_name: null, individual_name: null, shipping_details: null },
  consent: null,
  consent_collection: null,
  created: seconds(ctx),
  currency: start.currency,
  currency_conversion: null,
  custom_fields: [],
  custom_text: noText,
  customer: start.customer,
  customer_account: null,
  customer_creation: start.customer === null ? (start.mode === "payment" ? "if_required" : "always") : null,
  customer_details: null,
  customer_email: start.customerEmail,
  discounts: start.mode === "setup" ? null : [],
  expires_at: start.expiresAt,
  integration_identifier: null,
  invoice: null,
  invoice_creation: null,
  livemode: false,
  locale: start.locale,
  managed_payments: null,
  metadata: start.metadata,
  mode: start.mode,
  origin_context: null,
  payment_intent: null,
  payment_link: null,
  payment_method_collection: start.paymentMethodCollection,
  payment_method_configuration_details: null,
  payment_method_options: { card: { request_three_d_secure: "automatic" } },
  payment_method_types: ["card"],
  payment_status: start.mode === "setup" || start.amount === 0 ? "no_payment_required" : "unpaid",
  permissions: null,
  phone_number_collection: { enabled: false },
  recovered_from: null,
  saved_payment_method_options: null,
  setup_intent: null,
  shipping_address_collection: null,
  shipping_cost: null,
  shipping_options: [],
  status: "open",
  submit_type: start.submitType,
  subscription: null,
  success_url: start.successUrl,
  total_details: start.mode === "setup" ? null : { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  ui_mode: "hosted_page",
  url: `${ctx.baseUrl}/c/pay/${start.id}`,
  wallet_options: null,
});
