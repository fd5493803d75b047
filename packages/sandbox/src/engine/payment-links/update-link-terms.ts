import type Stripe from "stripe";
import { mergeMetadata } from "../world/metadata.js";
import type { PaymentLinkTerms, PaymentLinkUpdate } from "./payment-link-fields.js";

/** What an update replaces as a whole. */
const replaced = [
  "after_completion",
  "allow_promotion_codes",
  "automatic_tax",
  "billing_address_collection",
  "consent_collection",
  "custom_fields",
  "custom_text",
  "customer_creation",
  "name_collection",
  "payment_method_collection",
  "payment_method_types",
  "phone_number_collection",
  "shipping_address_collection",
  "shipping_options",
  "submit_type",
  "tax_id_collection",
] as const satisfies Array<keyof PaymentLinkTerms & keyof PaymentLinkUpdate>;

/** What an update changes part by part. */
const merged = ["invoice_creation", "payment_intent_data", "subscription_data"] as const;

type Loose = Record<string, unknown>;

/** Without what was cleared. */
const kept = (fields: Loose): Loose =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));

const mergePart = (now: Loose, given: Loose): Loose =>
  kept({
    ...now,
    ...given,
    ...(given.metadata === undefined
      ? {}
      : {
          metadata: mergeMetadata(
            (now.metadata as Stripe.Metadata | undefined) ?? {},
            given.metadata as Stripe.MetadataParam | null,
          ),
        }),
  });

/** The terms after an update: what was cleared is gone. */
export const updateTerms = (terms: PaymentLinkTerms, given: PaymentLinkUpdate): PaymentLinkTerms => {
  const next: Loose = { ...terms };
  for (const key of replaced) if (given[key] !== undefined) next[key] = given[key];
  for (const key of merged)
    if (given[key]) next[key] = mergePart((terms[key] ?? {}) as Loose, given[key] as Loose);
  return kept(next) as PaymentLinkTerms;
};
