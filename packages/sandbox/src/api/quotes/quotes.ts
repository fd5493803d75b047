import { createQuote, quoteLines, updateQuote } from "../../engine/quotes/quote.js";
import { acceptQuote, cancelQuote, finalizeQuote } from "../../engine/quotes/settle-quote.js";
import { need } from "../../engine/world/find.js";
import { newestFirst } from "../../engine/world/table.js";
import type { Quote } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { pageOf } from "../answers/page-of.js";
import { route } from "../params/route.js";

const needQuote = (world: World, id: string): Quote => need(world.quotes, "quote", id);

const content = [
  "automatic_tax.enabled",
  "collection_method",
  "customer",
  "default_tax_rates",
  "description",
  "discounts.coupon",
  "discounts.promotion_code",
  "expires_at",
  "footer",
  "header",
  "invoice_settings.custom_fields",
  "invoice_settings.days_until_due",
  "invoice_settings.description",
  "invoice_settings.footer",
  "line_items.price",
  "line_items.price_data",
  "line_items.quantity",
  "metadata",
  "subscription_data.description",
  "subscription_data.effective_date",
  "subscription_data.metadata",
  "subscription_data.trial_period_days",
] as const;

/** `/v1/quotes` */
export const quoteRoutes = [
  route("POST /v1/quotes", [...content, "subscription_data.billing_mode"], ({ world, ctx, params }) =>
    createQuote(world, ctx, params),
  ),
  route("GET /v1/quotes/:id", [], ({ world, id }) => needQuote(world, id)),
  route("POST /v1/quotes/:id", [...content, "line_items.id"], ({ world, ctx, id, params }) =>
    updateQuote(world, ctx, needQuote(world, id), params),
  ),
  route("POST /v1/quotes/:id/finalize", ["expires_at"], ({ world, ctx, id, params }) =>
    finalizeQuote(world, ctx, needQuote(world, id), params),
  ),
  route("POST /v1/quotes/:id/accept", [], ({ world, ctx, id }) =>
    acceptQuote(world, ctx, needQuote(world, id)),
  ),
  route("POST /v1/quotes/:id/cancel", [], ({ world, ctx, id }) =>
    cancelQuote(world, ctx, needQuote(world, id)),
  ),
  route(
    "GET /v1/quotes/:id/line_items",
    ["ending_before", "limit", "starting_after"],
    ({ world, id, params }) =>
      pageOf(quoteLines(world, needQuote(world, id)), params, `/v1/quotes/${id}/line_items`),
  ),
  route(
    "GET /v1/quotes/:id/computed_upfront_line_items",
    ["ending_before", "limit", "starting_after"],
    ({ world, id, params }) =>
      pageOf(quoteLines(world, needQuote(world, id)), params, `/v1/quotes/${id}/computed_upfront_line_items`),
  ),
  route(
    "GET /v1/quotes",
    ["customer", "ending_before", "limit", "starting_after", "status", "test_clock"],
    ({ world, params }) => {
      const rows = newestFirst(world.quotes).filter(
        (quote) =>
          (params.customer === undefined || quote.customer === params.customer) &&
          (params.status === undefined || quote.status === params.status) &&
          (params.test_clock === undefined || quote.test_clock === params.test_clock),
      );
      return pageOf(rows, params, "/v1/quotes");
    },
  ),
];
