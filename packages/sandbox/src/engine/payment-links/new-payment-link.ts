import { mergeMetadata } from "../world/metadata.js";
import type { PaymentLink } from "../world/wire.js";
import type { PaymentLinkFields, PaymentLinkTerms } from "./payment-link-fields.js";

/** The fields that a link's checkout asks for. */
const fieldsOf = (given: PaymentLinkTerms["custom_fields"]): PaymentLink["custom_fields"] =>
  (given ?? []).map(({ key, label, optional = false, type, dropdown, numeric, text }) => ({
    key,
    label,
    optional,
    type,
    ...(dropdown
      ? { dropdown: { default_value: dropdown.default_value ?? null, options: dropdown.options } }
      : {}),
    ...(numeric ? { numeric: lengths(numeric) } : {}),
    ...(text ? { text: lengths(text) } : {}),
  }));

const lengths = (given: { default_value?: string; maximum_length?: number; minimum_length?: number }) => ({
  default_value: given.default_value ?? null,
  maximum_length: given.maximum_length ?? null,
  minimum_length: given.minimum_length ?? null,
});

type Rest = Partial<Omit<PaymentLinkFields, "line_items">>;

const endingOf = (given: Rest["after_completion"]): PaymentLink["after_completion"] =>
  given?.type === "redirect" && given.redirect
    ? { type: "redirect", redirect: { url: given.redirect.url } }
    : {
        type: "hosted_confirmation",
        hosted_confirmation: { custom_message: given?.hosted_confirmation?.custom_message || null },
      };

const subscriptionDataOf = (given: Rest["subscription_data"]): PaymentLink["subscription_data"] => ({
  description: given?.description || null,
  invoice_settings: {
    account_tax_ids: null,
    custom_fields: null,
    description: given?.invoice_settings?.description || null,
    footer: given?.invoice_settings?.footer || null,
    issuer: { type: "self" },
  },
  metadata: mergeMetadata({}, given?.metadata),
  trial_period_days: given?.trial_period_days ?? null,
  trial_settings: given?.trial_settings ? structuredClone(given.trial_settings) : null,
});

const paymentDataOf = (given: Rest["payment_intent_data"]): PaymentLink["payment_intent_data"] =>
  given
    ? {
        capture_method: given.capture_method ?? null,
        description: given.description || null,
        metadata: mergeMetadata({}, given.metadata),
        setup_future_usage: given.setup_future_usage ?? null,
        statement_descriptor: given.statement_descriptor || null,
        statement_descriptor_suffix: given.statement_descriptor_suffix || null,
        transfer_group: given.transfer_group || null,
      }
    : null;

const textsOf = (given: Rest["custom_text"]): PaymentLink["custom_text"] => ({
  after_submit: given?.after_submit ?? null,
  shipping_address: given?.shipping_address ?? null,
  submit: given?.submit ?? null,
  terms_of_service_acceptance: given?.terms_of_service_acceptance ?? null,
});

/** A payment link's properties, but for its lines and its address. */
export const newPaymentLink = (
  fields: Rest,
  of: {
    id: string;
    currency: string;
    url: string;
    recurring: boolean;
    shipping: PaymentLink["shipping_options"];
  },
): PaymentLink => ({
  id: of.id,
  object: "payment_link",
  active: true,
  after_completion: endingOf(fields.after_completion),
  allow_promotion_codes: fields.allow_promotion_codes ?? false,
  application: null,
  application_fee_amount: null,
  application_fee_percent: null,
  automatic_tax: {
    enabled: fields.automatic_tax?.enabled ?? false,
    liability: fields.automatic_tax?.enabled ? { type: "self" } : null,
  },
  billing_address_collection: fields.billing_address_collection ?? "auto",
  consent_collection: fields.consent_collection
    ? {
        payment_method_reuse_agreement: fields.consent_collection.payment_method_reuse_agreement ?? null,
        promotions: fields.consent_collection.promotions ?? null,
        terms_of_service: fields.consent_collection.terms_of_service ?? null,
      }
    : null,
  currency: of.currency,
  custom_fields: fieldsOf(fields.custom_fields),
  custom_text: textsOf(fields.custom_text),
  customer_creation: fields.customer_creation ?? (of.recurring ? "always" : "if_required"),
  inactive_message: fields.inactive_message || null,
  invoice_creation: of.recurring
    ? null
    : { enabled: fields.invoice_creation?.enabled ?? false, invoice_data: invoiceDataOf(fields) },
  livemode: false,
  managed_payments: fields.managed_payments ? { enabled: fields.managed_payments.enabled ?? false } : null,
  metadata: mergeMetadata({}, fields.metadata),
  on_behalf_of: null,
  optional_items: null,
  payment_intent_data: paymentDataOf(fields.payment_intent_data),
  payment_method_collection: fields.payment_method_collection ?? (of.recurring ? "always" : "if_required"),
  payment_method_options: null,
  payment_method_types: fields.payment_method_types ?? null,
  phone_number_collection: { enabled: fields.phone_number_collection?.enabled ?? false },
  restrictions: fields.restrictions
    ? { completed_sessions: { count: 0, limit: fields.restrictions.completed_sessions.limit } }
    : null,
  shipping_address_collection: fields.shipping_address_collection
    ? { allowed_countries: fields.shipping_address_collection.allowed_countries }
    : null,
  shipping_options: of.shipping,
  submit_type: fields.submit_type ?? "auto",
  subscription_data: of.recurring ? subscriptionDataOf(fields.subscription_data) : null,
  tax_id_collection: {
    enabled: fields.tax_id_collection?.enabled ?? false,
    required: fields.tax_id_collection?.required ?? "never",
  },
  transfer_data: null,
  url: of.url,
});

const invoiceDataOf = (fields: Rest): NonNullable<PaymentLink["invoice_creation"]>["invoice_data"] => {
  const data = fields.invoice_creation?.invoice_data;
  return {
    account_tax_ids: null,
    custom_fields: data?.custom_fields ?? null,
    description: data?.description || null,
    footer: data?.footer || null,
    issuer: null,
    metadata: mergeMetadata({}, data?.metadata),
    rendering_options: null,
  };
};
