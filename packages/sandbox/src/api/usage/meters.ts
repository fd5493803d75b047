import { cancelUsage } from "../../engine/usage/cancel-usage.js";
import {
  createMeter,
  deactivateMeter,
  needActiveMeter,
  reactivateMeter,
  updateMeter,
} from "../../engine/usage/meter.js";
import { checkReport, recordUsage } from "../../engine/usage/record-usage.js";
import { summarizeUsage } from "../../engine/usage/summarize-usage.js";
import { need } from "../../engine/world/find.js";
import { newestFirst } from "../../engine/world/table.js";
import type { MeterEvent, MeterEventAdjustment } from "../../engine/world/wire.js";
import { pageOf, paging } from "../answers/page-of.js";
import { route } from "../params/route.js";

const meterRoutesOnly = [
  route(
    "POST /v1/billing/meters",
    [
      "customer_mapping",
      "default_aggregation",
      "display_name",
      "event_name",
      "event_time_window",
      "value_settings",
    ],
    ({ world, ctx, params }) => createMeter(world, ctx, params),
  ),
  route("GET /v1/billing/meters/:id", [], ({ world, id }) => need(world.meters, "billing meter", id)),
  route("POST /v1/billing/meters/:id", ["display_name"], ({ world, ctx, id, params }) =>
    updateMeter(world, ctx, id, params),
  ),
  route("GET /v1/billing/meters", [...paging, "status"], ({ world, params }) => {
    const rows = newestFirst(world.meters).filter(
      (meter) => params.status === undefined || meter.status === params.status,
    );
    return pageOf(rows, params, "/v1/billing/meters");
  }),
  route("POST /v1/billing/meters/:id/deactivate", [], ({ world, ctx, id }) =>
    deactivateMeter(world, ctx, id),
  ),
  route("POST /v1/billing/meters/:id/reactivate", [], ({ world, ctx, id }) =>
    reactivateMeter(world, ctx, id),
  ),
  route(
    "GET /v1/billing/meters/:id/event_summaries",
    [...paging, "customer", "end_time", "start_time", "value_grouping_window"],
    ({ world, id, params }) => {
      const rows = summarizeUsage(world, need(world.meters, "billing meter", id), params);
      return pageOf(rows, params, `/v1/billing/meters/${id}/event_summaries`);
    },
  ),
];

/** `/v1/billing/meters`, `/v1/billing/meter_events` and `/v1/billing/meter_event_adjustments` */
export const meterRoutes = [
  ...meterRoutesOnly,
  route(
    "POST /v1/billing/meter_events",
    ["event_name", "identifier", "payload", "timestamp"],
    ({ world, ctx, params }): MeterEvent => {
      needActiveMeter(world, params.event_name);
      checkReport(world, ctx, params);
      return { object: "billing.meter_event", livemode: false, ...recordUsage(world, ctx, params) };
    },
  ),
  route(
    "POST /v1/billing/meter_event_adjustments",
    ["cancel", "event_name", "type"],
    ({ world, ctx, params }): MeterEventAdjustment => ({
      object: "billing.meter_event_adjustment",
      cancel: cancelUsage(world, ctx, params),
      event_name: params.event_name,
      livemode: false,
      status: "pending",
      type: params.type,
    }),
  ),
];
