import { createPaymentLink, updatePaymentLink } from "../../engine/payment-links/payment-link.js";
import { linesOf } from "../../engine/payment-links/payment-link-lines.js";
import { need } from "../../engine/world/find.js";
import { newestFirst } from "../../engine/world/table.js";
import type { PaymentLink } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { isOlder } from "../../versions/version.js";
import { pageOf } from "../answers/page-of.js";
import { route } from "../params/route.js";

const needLink = (world: World, id: string): PaymentLink => need(world.paymentLinks, "payment_link", id);

/** What a link says about itself, and about the sessions that it opens. */
const effects = [
  "after_completion",
  "allow_promotion_codes",
  "automatic_tax.enabled",
  "billing_address_collection",
  "consent_collection.promotions",
  "consent_collection.terms_of_service",
  "custom_fields",
  "custom_text",
  "customer_creation",
  "inactive_message",
  "invoice_creation.enabled",
  "invoice_creation.invoice_data",
  "metadata",
  "name_collection",
  "payment_intent_data.description",
  "payment_intent_data.metadata",
  "payment_intent_data.setup_future_usage",
  "payment_intent_data.statement_descriptor",
  "payment_intent_data.statement_descriptor_suffix",
  "payment_method_collection",
  "payment_method_types",
  "phone_number_collection",
  "restrictions",
  "shipping_address_collection",
  "shipping_options",
  "submit_type",
  "subscription_data.metadata",
  "subscription_data.trial_period_days",
  "subscription_data.trial_settings",
  "tax_id_collection",
] as const;

/** https://docs.stripe.com/changelog/clover/2025-09-30/billing-mode-default-flexible */
const flexibleSince = "2025-09-30.clover";

/** `/v1/payment_links` */
export const paymentLinkRoutes = [
  route(
    "POST /v1/payment_links",
    [...effects, "line_items", "payment_intent_data.capture_method", "subscription_data.description"],
    ({ world, ctx, params, version }) =>
      createPaymentLink(world, ctx, params, isOlder(version, flexibleSince) ? "classic" : "flexible"),
  ),
  route("GET /v1/payment_links/:id", [], ({ world, id }) => needLink(world, id)),
  route("POST /v1/payment_links/:id", ["active", "line_items", ...effects], ({ world, ctx, id, params }) =>
    updatePaymentLink(world, ctx, needLink(world, id), params),
  ),
  route(
    "GET /v1/payment_links/:id/line_items",
    ["ending_before", "limit", "starting_after"],
    ({ world, id, params }) =>
      pageOf(linesOf(world, needLink(world, id)), params, `/v1/payment_links/${id}/line_items`),
  ),
  route(
    "GET /v1/payment_links",
    ["active", "ending_before", "limit", "starting_after"],
    ({ world, params }) => {
      const rows = newestFirst(world.paymentLinks).filter(
        (link) => params.active === undefined || link.active === params.active,
      );
      return pageOf(rows, params, "/v1/payment_links");
    },
  ),
];
