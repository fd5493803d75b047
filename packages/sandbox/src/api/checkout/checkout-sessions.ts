import { createCheckoutSession } from "../../engine/checkout/opening/create-checkout-session.js";
import { expireCheckoutSession } from "../../engine/checkout/opening/expire-checkout-session.js";
import { updateCheckoutSession } from "../../engine/checkout/opening/update-checkout-session.js";
import { find, need } from "../../engine/world/find.js";
import { ownedBy } from "../../engine/world/owned-rows.js";
import { isOlder } from "../../versions/version.js";
import { pageOf, within } from "../answers/page-of.js";
import { route } from "../params/route.js";

/** `/v1/checkout/sessions` */
export const checkoutSessionRoutes = [
  route(
    "POST /v1/checkout/sessions",
    [
      "after_expiration",
      "allowed_payment_method_types",
      "allow_promotion_codes",
      "automatic_tax.enabled",
      "billing_address_collection",
      "branding_settings.border_style",
      "branding_settings.button_color",
      "branding_settings.display_name",
      "cancel_url",
      "client_reference_id",
      "consent_collection.promotions",
      "consent_collection.terms_of_service",
      "currency",
      "custom_fields",
      "custom_text",
      "customer",
      "customer_creation",
      "customer_email",
      "customer_update",
      "discounts",
      "excluded_payment_method_types",
      "expires_at",
      "invoice_creation",
      "line_items.adjustable_quantity",
      "line_items.metadata",
      "line_items.price",
      "line_items.price_data",
      "line_items.quantity",
      "line_items.tax_rates",
      "locale",
      "managed_payments",
      "metadata",
      "mode",
      "name_collection",
      "payment_intent_data.application_fee_amount",
      "payment_intent_data.capture_method",
      "payment_intent_data.description",
      "payment_intent_data.metadata",
      "payment_intent_data.on_behalf_of",
      "payment_intent_data.receipt_email",
      "payment_intent_data.setup_future_usage",
      "payment_intent_data.shipping",
      "payment_intent_data.statement_descriptor",
      "payment_intent_data.statement_descriptor_suffix",
      "payment_intent_data.transfer_data",
      "payment_intent_data.transfer_group",
      "payment_method_collection",
      "payment_method_configuration",
      "payment_method_data",
      "payment_method_options.card.request_three_d_secure",
      "phone_number_collection",
      "redirect_on_completion",
      "return_url",
      "saved_payment_method_options",
      "setup_intent_data.description",
      "setup_intent_data.metadata",
      "shipping_address_collection",
      "shipping_options",
      "submit_type",
      "subscription_data",
      "success_url",
      "tax_id_collection",
      "ui_mode",
    ],
    ({ world, ctx, params, version }) =>
      createCheckoutSession(world, ctx, params, { subscribesFirst: isOlder(version, "2025-03-31.basil") }),
  ),
  route("GET /v1/checkout/sessions/:id", [], ({ world, id }) =>
    need(world.checkoutSessions, "checkout.session", id),
  ),
  route(
    "POST /v1/checkout/sessions/:id",
    ["collected_information", "line_items", "metadata", "payment_intent_data", "shipping_options"],
    ({ world, ctx, id, params }) => updateCheckoutSession(world, ctx, id, params),
  ),
  route("POST /v1/checkout/sessions/:id/expire", [], ({ world, ctx, id }) =>
    expireCheckoutSession(world, ctx, id),
  ),
  route(
    "GET /v1/checkout/sessions/:id/line_items",
    ["ending_before", "limit", "starting_after"],
    ({ world, id, params }) => {
      need(world.checkoutSessions, "checkout.session", id);
      const lines = find(world.hidden.checkouts, id)?.lineItems ?? [];
      return pageOf(lines, params, `/v1/checkout/sessions/${id}/line_items`);
    },
  ),
  route(
    "GET /v1/checkout/sessions",
    [
      "created",
      "customer",
      "customer_details",
      "ending_before",
      "limit",
      "payment_intent",
      "payment_link",
      "starting_after",
      "status",
      "subscription",
    ],
    ({ world, params }) => {
      const same = (given: string | undefined, value: unknown) => given === undefined || value === given;
      const rows = ownedBy(world, "cs", params.customer).filter(
        (session) =>
          same(params.customer_details?.email, session.customer_details?.email) &&
          same(params.payment_intent, session.payment_intent) &&
          same(params.payment_link, session.payment_link) &&
          same(params.status, session.status) &&
          same(params.subscription, session.subscription) &&
          within(session.created, params.created),
      );
      return pageOf(rows, params, "/v1/checkout/sessions");
    },
  ),
];
