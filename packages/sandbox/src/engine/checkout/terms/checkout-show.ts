import { mergeMetadata } from "../../world/metadata.js";
import type { CheckoutSession } from "../../world/wire.js";
import { showField } from "./checkout-field.js";
import type { CheckoutOrder } from "./checkout-order.js";

/** What a session shows of the order as the app gave it. */
export type CheckoutShow = Pick<
  CheckoutSession,
  | "after_expiration"
  | "allow_promotion_codes"
  | "allowed_payment_method_types"
  | "automatic_tax"
  | "billing_address_collection"
  | "client_reference_id"
  | "consent_collection"
  | "custom_fields"
  | "custom_text"
  | "customer_email"
  | "integration_identifier"
  | "invoice_creation"
  | "locale"
  | "metadata"
  | "name_collection"
  | "optional_items"
  | "origin_context"
  | "permissions"
  | "phone_number_collection"
  | "saved_payment_method_options"
  | "shipping_address_collection"
  | "submit_type"
  | "tax_id_collection"
  | "wallet_options"
>;

const invoiceCreation = (order: CheckoutOrder): CheckoutSession["invoice_creation"] => {
  if (order.mode !== "payment") return null;
  const data = order.invoice_creation?.invoice_data;
  return {
    enabled: order.invoice_creation?.enabled ?? false,
    invoice_data: {
      account_tax_ids: data?.account_tax_ids ?? null,
      custom_fields: data?.custom_fields ?? null,
      description: data?.description ?? null,
      footer: data?.footer ?? null,
      issuer: data?.issuer ? { type: data.issuer.type } : null,
      metadata: mergeMetadata({}, data?.metadata),
      rendering_options: data?.rendering_options
        ? {
            amount_tax_display: data.rendering_options.amount_tax_display ?? null,
            template: data.rendering_options.template ?? null,
          }
        : null,
    },
  };
};

const consentCollection = ({
  consent_collection: given,
}: CheckoutOrder): CheckoutSession["consent_collection"] =>
  given
    ? {
        payment_method_reuse_agreement: given.payment_method_reuse_agreement ?? null,
        promotions: given.promotions ?? null,
        terms_of_service: given.terms_of_service ?? null,
      }
    : null;

const customText = ({ custom_text: given }: CheckoutOrder): CheckoutSession["custom_text"] => ({
  after_submit: given?.after_submit ?? null,
  shipping_address: given?.shipping_address ?? null,
  submit: given?.submit ?? null,
  terms_of_service_acceptance: given?.terms_of_service_acceptance ?? null,
});

const savedMethods = (order: CheckoutOrder): CheckoutSession["saved_payment_method_options"] => {
  if (order.mode === "setup") return null;
  const given = order.saved_payment_method_options;
  return {
    allow_redisplay_filters: given?.allow_redisplay_filters ?? ["always"],
    payment_method_remove: given?.payment_method_remove ?? "disabled",
    payment_method_save: given?.payment_method_save ?? null,
  };
};

const nameCollection = ({ name_collection: given }: CheckoutOrder): Pick<CheckoutShow, "name_collection"> => {
  if (!given) return {};
  const of = (part: { enabled: boolean; optional?: boolean }) => ({
    enabled: part.enabled,
    optional: part.optional ?? false,
  });
  return {
    name_collection: {
      ...(given.business ? { business: of(given.business) } : {}),
      ...(given.individual ? { individual: of(given.individual) } : {}),
    },
  };
};

const optionalItems = ({ optional_items: given }: CheckoutOrder): Pick<CheckoutShow, "optional_items"> =>
  given
    ? {
        optional_items: given.map(({ price, quantity, adjustable_quantity: adjust }) => ({
          adjustable_quantity: adjust
            ? { enabled: adjust.enabled, maximum: adjust.maximum ?? 99, minimum: adjust.minimum ?? 0 }
            : null,
          price,
          quantity,
        })),
      }
    : {};

/** The parts of a session that repeat the order. */
export const showOrder = (order: CheckoutOrder): CheckoutShow => {
  const recovery = order.after_expiration?.recovery;
  // Managed Payments bring it along.
  const tax = order.automatic_tax?.enabled ?? order.managed_payments?.enabled ?? false;
  return {
    after_expiration: recovery
      ? {
          recovery: {
            allow_promotion_codes: recovery.allow_promotion_codes ?? false,
            enabled: recovery.enabled,
            expires_at: null,
            url: null,
          },
        }
      : null,
    allow_promotion_codes: order.allow_promotion_codes ?? null,
    allowed_payment_method_types: order.allowed_payment_method_types ?? null,
    automatic_tax: {
      enabled: tax,
      liability: tax ? { type: "self" } : null,
      provider: tax ? "stripe" : null,
      status: tax ? "requires_location_inputs" : null,
    },
    billing_address_collection: order.billing_address_collection ?? null,
    client_reference_id: order.client_reference_id || null,
    consent_collection: consentCollection(order),
    custom_fields: (order.custom_fields ?? []).map(showField),
    custom_text: customText(order),
    customer_email: order.customer_email || null,
    integration_identifier: order.integration_identifier ?? null,
    invoice_creation: invoiceCreation(order),
    locale: order.locale ?? null,
    metadata: mergeMetadata({}, order.metadata),
    ...nameCollection(order),
    ...optionalItems(order),
    origin_context: order.origin_context ?? null,
    permissions: order.permissions
      ? { update_shipping_details: order.permissions.update_shipping_details ?? "client_only" }
      : null,
    phone_number_collection: { enabled: order.phone_number_collection?.enabled ?? false },
    saved_payment_method_options: savedMethods(order),
    shipping_address_collection: order.shipping_address_collection ?? null,
    submit_type: order.submit_type ?? null,
    ...(order.tax_id_collection
      ? {
          tax_id_collection: {
            enabled: order.tax_id_collection.enabled,
            required: order.tax_id_collection.required ?? "never",
          },
        }
      : {}),
    wallet_options: null,
  };
};
