/** Where objects are retrieved, by their `object`. */
const paths: Record<string, string> = {
  account: "/v1/accounts",
  "billing.alert": "/v1/billing/alerts",
  "billing.meter": "/v1/billing/meters",
  "billing_portal.configuration": "/v1/billing_portal/configurations",
  charge: "/v1/charges",
  "checkout.session": "/v1/checkout/sessions",
  coupon: "/v1/coupons",
  credit_note: "/v1/credit_notes",
  customer: "/v1/customers",
  dispute: "/v1/disputes",
  "entitlements.feature": "/v1/entitlements/features",
  invoice: "/v1/invoices",
  invoice_payment: "/v1/invoice_payments",
  invoiceitem: "/v1/invoiceitems",
  payment_intent: "/v1/payment_intents",
  payment_link: "/v1/payment_links",
  payment_method: "/v1/payment_methods",
  plan: "/v1/plans",
  price: "/v1/prices",
  product: "/v1/products",
  promotion_code: "/v1/promotion_codes",
  quote: "/v1/quotes",
  "radar.early_fraud_warning": "/v1/radar/early_fraud_warnings",
  refund: "/v1/refunds",
  setup_intent: "/v1/setup_intents",
  subscription: "/v1/subscriptions",
  subscription_schedule: "/v1/subscription_schedules",
  tax_id: "/v1/tax_ids",
  tax_rate: "/v1/tax_rates",
  "test_helpers.test_clock": "/v1/test_helpers/test_clocks",
};

/** The reference by which a thin event names an object, or null for one that has no address. */
export const referTo = (
  object: Record<string, unknown>,
): { id: string; type: string; url: string } | null => {
  const { id, object: type } = object;
  const path = typeof type === "string" && Object.hasOwn(paths, type) ? paths[type] : undefined;
  if (typeof id !== "string" || typeof type !== "string" || path === undefined) return null;
  return { id, type, url: `${path}/${encodeURIComponent(id)}` };
};
