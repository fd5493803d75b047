import { need, newestFirst } from "../engine/find.js";
import { createPaymentLink, linesOf, updatePaymentLink } from "../engine/payment-link.js";
import type { PaymentLink } from "../engine/wire.js";
import type { World } from "../engine/world.js";
import { pageOf } from "./page-of.js";
import { route } from "./route.js";

const needLink = (world: World, id: string): PaymentLink => need(world.paymentLinks, "payment_link", id);

/** `/v1/payment_links` */
export const paymentLinkRoutes = [
  route(
    "POST /v1/payment_links",
    [
      "after_completion",
      "allow_promotion_codes",
      "automatic_tax.enabled",
      "inactive_message",
      "line_items",
      "metadata",
      "payment_intent_data.description",
      "payment_intent_data.metadata",
      "phone_number_collection",
      "restrictions",
      "subscription_data.description",
      "subscription_data.metadata",
      "subscription_data.trial_period_days",
    ],
    ({ world, ctx, params }) => createPaymentLink(world, ctx, params),
  ),
  route("GET /v1/payment_links/:id", [], ({ world, id }) => needLink(world, id)),
  route(
    "POST /v1/payment_links/:id",
    [
      "active",
      "after_completion",
      "allow_promotion_codes",
      "inactive_message",
      "line_items",
      "metadata",
      "restrictions",
    ],
    ({ world, ctx, id, params }) => updatePaymentLink(world, ctx, needLink(world, id), params),
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
