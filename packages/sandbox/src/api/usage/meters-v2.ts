import type Stripe from "stripe";
import { cancelUsage } from "../../engine/usage/cancel-usage.js";
import { checkReport, recordUsage, type UsageReport } from "../../engine/usage/record-usage.js";
import { seconds } from "../../engine/world/context.js";
import { invalidRequest } from "../../engine/world/stripe-error.js";
import type { Given } from "../../engine/world/wire.js";
import { route } from "../params/route.js";

type Report = Given<Stripe.V2.Billing.MeterEventCreateParams>;

/** A session's token works for 15 minutes. */
const sessionSeconds = 900;

const iso = (time: number): string => new Date(time * 1000).toISOString();

const reportOf = ({ timestamp, ...rest }: Report, param = "timestamp"): UsageReport => {
  if (timestamp === undefined) return rest;
  const time = Date.parse(timestamp);
  if (Number.isNaN(time)) throw invalidRequest(`Invalid timestamp: ${timestamp}`, "invalid_fields", param);
  return { ...rest, timestamp: Math.floor(time / 1000) };
};

/** `/v2/billing`: meter events as JSON, one at a time or up to a hundred through a session's stream. */
export const meterV2Routes = [
  route(
    "POST /v2/billing/meter_events",
    ["event_name", "identifier", "payload", "timestamp"],
    ({ world, ctx, params }) => {
      const report = reportOf(params);
      checkReport(world, ctx, report);
      const { created, timestamp, ...rest } = recordUsage(world, ctx, report);
      const times = { created: iso(created), timestamp: iso(timestamp) };
      return { object: "v2.billing.meter_event", livemode: false, ...rest, ...times };
    },
  ),
  route(
    "POST /v2/billing/meter_event_adjustments",
    ["cancel", "event_name", "type"],
    ({ world, ctx, params }) => ({
      id: ctx.ids.id("mtr_event_adj"),
      object: "v2.billing.meter_event_adjustment",
      cancel: cancelUsage(world, ctx, params),
      created: ctx.now.toISOString(),
      event_name: params.event_name,
      livemode: false,
      status: "pending",
      type: params.type,
    }),
  ),
  route("POST /v2/billing/meter_event_session", [], ({ world, ctx }) => {
    const token = `meter_event_session_${ctx.ids.secret(40)}`;
    const expires = seconds(ctx) + sessionSeconds;
    world.hidden.meterSessions[token] = expires;
    return {
      id: ctx.ids.id("mtr_event_sess"),
      object: "v2.billing.meter_event_session",
      authentication_token: token,
      created: ctx.now.toISOString(),
      expires_at: iso(expires),
      livemode: false,
    };
  }),
  route("POST /v2/billing/meter_event_stream", ["events"], ({ world, ctx, params }) => {
    const events = (params.events ?? []) as Report[];
    if (events.length > 100)
      throw invalidRequest("At most 100 events can be sent in one request.", "invalid_fields", "events");
    const reports = events.map((event, index) => reportOf(event, `events[${index}].timestamp`));
    for (const report of reports) recordUsage(world, ctx, report);
    return {};
  }),
];
