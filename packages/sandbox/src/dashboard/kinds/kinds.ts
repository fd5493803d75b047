import { billingKinds } from "./billing-kinds.js";
import { catalogKinds } from "./catalog-kinds.js";
import { customerKinds } from "./customer-kinds.js";
import type { Kind } from "./kind.js";
import { otherKinds } from "./other-kinds.js";
import { paymentKinds } from "./payment-kinds.js";

/** Every kind of object that has pages, those that people look for most first. */
export const kinds: readonly Kind[] = [
  ...customerKinds,
  ...billingKinds,
  ...paymentKinds,
  ...catalogKinds,
  ...otherKinds,
];

const named = (...slugs: string[]): Kind[] => otherKinds.filter(({ slug }) => slugs.includes(slug));

/** The kinds as the overview groups them. */
export const groups: ReadonlyArray<{ title: string; kinds: readonly Kind[] }> = [
  { title: "Customers", kinds: customerKinds },
  { title: "Billing", kinds: billingKinds },
  { title: "Payments", kinds: paymentKinds },
  { title: "Catalogue", kinds: catalogKinds },
  { title: "Checkout and quotes", kinds: named("checkout_sessions", "payment_links", "quotes") },
  {
    title: "Invoicing",
    kinds: named(
      "invoice_items",
      "invoice_payments",
      "credit_notes",
      "discounts",
      "customer_balance_transactions",
    ),
  },
  { title: "Taxes and shipping", kinds: named("tax_rates", "tax_ids", "shipping_rates") },
  { title: "Usage and access", kinds: named("meters", "features", "product_features") },
  {
    title: "Behind the scenes",
    kinds: named(
      "balance_transactions",
      "confirmation_tokens",
      "portal_configurations",
      "portal_sessions",
      "test_clocks",
      "webhook_endpoints",
    ),
  },
];
