import { usageSummaries } from "../../engine/subscriptions/terms/usage-summaries.js";
import { type NewUsageRecord, reportUsage } from "../../engine/usage/usage-record.js";
import { atCustomer } from "../../engine/world/test-clock.js";
import { pageOf } from "../answers/page-of.js";
import { choice, either, integer, pagination, required } from "../params/fields.js";
import type { Call, Route } from "../params/route.js";
import { locate } from "./subscription-items.js";

const path = "/v1/subscription_items/:id";
const ended = { since: "2025-03-31.basil", by: "POST /v1/billing/meter_events" } as const;

/**
 * Usage that is reported for a subscription item, which versions before basil know.
 * https://docs.stripe.com/changelog/basil/2025-03-31/deprecate-legacy-usage-based-billing
 */
export const usageRecordRoutes: Route[] = [
  {
    method: "POST",
    path: `${path}/usage_records`,
    fields: {
      action: choice("increment", "set"),
      quantity: required(integer(0)),
      timestamp: either(integer(0), choice("now")),
    },
    publishable: false,
    ended,
    run: ({ world, ctx, id, params }) => {
      const place = locate(world, id);
      const at = atCustomer(world, ctx, place.subscription.customer as string);
      return reportUsage(world, at, place, params as NewUsageRecord);
    },
  },
  {
    method: "GET",
    path: `${path}/usage_record_summaries`,
    fields: pagination,
    publishable: false,
    ended,
    run: ({ world, id, params }: Call<object>) =>
      pageOf(
        usageSummaries(world, locate(world, id)),
        params,
        `/v1/subscription_items/${id}/usage_record_summaries`,
      ),
  },
];
