import { updateSubscription } from "../../engine/changes/update-subscription.js";
import { createSubscription } from "../../engine/subscriptions/opening/create-subscription.js";
import { migrateSubscription } from "../../engine/subscriptions/renewing/migrate-subscription.js";
import { cancelById } from "../../engine/subscriptions/stopping/cancel-now.js";
import { pauseSubscription } from "../../engine/subscriptions/stopping/pause-subscription.js";
import { resumeSubscription } from "../../engine/subscriptions/stopping/resume-subscription.js";
import { need } from "../../engine/world/find.js";
import { ownedBy } from "../../engine/world/owned-rows.js";
import { invalidRequest } from "../../engine/world/stripe-error.js";
import type { Subscription } from "../../engine/world/wire.js";
import { pageOf, within } from "../answers/page-of.js";
import { route } from "../params/route.js";

/** Stripe lists living subscriptions unless told otherwise. */
const hasStatus = (subscription: Subscription, wanted: string | undefined): boolean => {
  if (wanted === "all") return true;
  if (wanted === "ended") return ["canceled", "incomplete_expired"].includes(subscription.status);
  return wanted === undefined ? subscription.status !== "canceled" : subscription.status === wanted;
};

/** What has an effect on a new subscription and on a change of one. */
const shared = [
  "add_invoice_items",
  "application_fee_percent",
  "automatic_tax.enabled",
  "cancel_at",
  "cancel_at_period_end",
  "collection_method",
  "days_until_due",
  "default_payment_method",
  "default_source",
  "default_tax_rates",
  "description",
  "discounts",
  "invoice_settings.account_tax_ids",
  "invoice_settings.custom_fields",
  "invoice_settings.description",
  "invoice_settings.footer",
  "items.discounts",
  "items.metadata",
  "items.plan",
  "items.price",
  "items.price_data",
  "items.quantity",
  "items.tax_rates",
  "metadata",
  "off_session",
  "on_behalf_of",
  "payment_behavior",
  "payment_settings.payment_method_options.card.request_three_d_secure",
  "payment_settings.payment_method_types",
  "payment_settings.save_default_payment_method",
  "proration_behavior",
  "transfer_data",
  "trial_end",
  "trial_settings",
] as const;

/** `/v1/subscriptions` */
export const subscriptionRoutes = [
  route(
    "POST /v1/subscriptions",
    [
      ...shared,
      "backdate_start_date",
      "billing_cycle_anchor",
      "billing_cycle_anchor_config",
      "billing_mode",
      "currency",
      "customer",
      "trial_from_plan",
      "trial_period_days",
    ],
    ({ world, ctx, params }) => {
      const { customer, items = [], ...rest } = params;
      if (customer === undefined)
        throw invalidRequest("Missing required param: customer.", "parameter_missing", "customer");
      return createSubscription(world, ctx, { ...rest, customer, items });
    },
  ),
  route("GET /v1/subscriptions/:id", [], ({ world, id }) => need(world.subscriptions, "subscription", id)),
  route(
    "POST /v1/subscriptions/:id",
    [
      ...shared,
      "billing_cycle_anchor",
      "cancellation_details.comment",
      "cancellation_details.feedback",
      "cancellation_details.feedback_option",
      "items.deleted",
      "items.id",
      "pause_collection",
      "proration_date",
    ],
    ({ world, ctx, id, params }) => updateSubscription(world, ctx, id, params),
  ),
  route(
    "DELETE /v1/subscriptions/:id",
    [
      "cancellation_details.comment",
      "cancellation_details.feedback",
      "cancellation_details.feedback_option",
      "invoice_now",
      "prorate",
    ],
    ({ world, ctx, id, params }) => cancelById(world, ctx, id, params),
  ),
  route(
    "POST /v1/subscriptions/:id/resume",
    ["billing_cycle_anchor", "payment_behavior", "proration_behavior", "proration_date"],
    ({ world, ctx, id, params }) => resumeSubscription(world, ctx, id, params),
  ),
  route(
    "POST /v1/subscriptions/:id/pause",
    ["bill_for.outstanding_usage_through", "bill_for.unused_time_from", "invoicing_behavior", "type"],
    ({ world, ctx, id, params }) => pauseSubscription(world, ctx, id, params),
  ),
  route("POST /v1/subscriptions/:id/migrate", ["billing_mode"], ({ world, ctx, id, params }) =>
    migrateSubscription(world, ctx, id, params),
  ),
  route(
    "GET /v1/subscriptions",
    [
      "collection_method",
      "created",
      "current_period_end",
      "current_period_start",
      "customer",
      "ending_before",
      "limit",
      "price",
      "starting_after",
      "status",
      "test_clock",
    ],
    ({ world, params }) => {
      const rows = ownedBy(world, "sub", params.customer).filter(
        (subscription) =>
          hasStatus(subscription, params.status) &&
          (params.test_clock === undefined || subscription.test_clock === params.test_clock) &&
          (params.collection_method === undefined ||
            subscription.collection_method === params.collection_method) &&
          (params.price === undefined ||
            subscription.items.data.some((item) => item.price.id === params.price)) &&
          subscription.items.data.some((item) =>
            within(item.current_period_end, params.current_period_end),
          ) &&
          subscription.items.data.some((item) =>
            within(item.current_period_start, params.current_period_start),
          ) &&
          within(subscription.created, params.created),
      );
      return pageOf(rows, params, "/v1/subscriptions");
    },
  ),
];
