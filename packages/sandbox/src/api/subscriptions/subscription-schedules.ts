import { cancelSchedule, releaseSchedule } from "../../engine/changes/end-schedule.js";
import { createSchedule } from "../../engine/changes/subscription-schedule.js";
import { updateSchedule } from "../../engine/changes/update-schedule.js";
import { need } from "../../engine/world/find.js";
import { newestFirst } from "../../engine/world/table.js";
import { pageOf, within } from "../answers/page-of.js";
import { route } from "../params/route.js";

/** What is simulated of a phase. */
const phases = [
  "phases.billing_cycle_anchor",
  "phases.collection_method",
  "phases.currency",
  "phases.default_payment_method",
  "phases.default_tax_rates",
  "phases.description",
  "phases.discounts",
  "phases.duration",
  "phases.end_date",
  "phases.invoice_settings.days_until_due",
  "phases.items.metadata",
  "phases.items.plan",
  "phases.items.price",
  "phases.items.price_data",
  "phases.items.quantity",
  "phases.items.tax_rates",
  "phases.metadata",
  "phases.proration_behavior",
  "phases.trial",
  "phases.trial_end",
] as const;

const pauses = [
  "pause_schedules.key",
  "pause_schedules.pause.pause_at",
  "pause_schedules.pause.settings.bill_for.unused_time_from",
  "pause_schedules.pause.settings.invoicing_behavior",
  "pause_schedules.resume",
] as const;

const defaults = [
  "default_settings.billing_cycle_anchor",
  "default_settings.collection_method",
  "default_settings.default_payment_method",
  "default_settings.description",
  "default_settings.invoice_settings.days_until_due",
] as const;

/** `/v1/subscription_schedules` */
export const subscriptionScheduleRoutes = [
  route(
    "POST /v1/subscription_schedules",
    [
      ...phases,
      ...defaults,
      "billing_mode",
      "customer",
      "end_behavior",
      "from_subscription",
      "metadata",
      ...pauses,
      "start_date",
    ],
    ({ world, ctx, params }) => createSchedule(world, ctx, params),
  ),
  route("GET /v1/subscription_schedules/:id", [], ({ world, id }) =>
    need(world.subscriptionSchedules, "subscription_schedule", id),
  ),
  route(
    "POST /v1/subscription_schedules/:id",
    [
      ...phases,
      ...defaults,
      "phases.start_date",
      "end_behavior",
      "metadata",
      ...pauses,
      "proration_behavior",
    ],
    ({ world, ctx, id, params }) => updateSchedule(world, ctx, id, params),
  ),
  route(
    "POST /v1/subscription_schedules/:id/cancel",
    ["invoice_now", "prorate"],
    ({ world, ctx, id, params }) => cancelSchedule(world, ctx, id, params),
  ),
  route(
    "POST /v1/subscription_schedules/:id/release",
    ["preserve_cancel_date"],
    ({ world, ctx, id, params }) => releaseSchedule(world, ctx, id, params.preserve_cancel_date ?? false),
  ),
  route(
    "GET /v1/subscription_schedules",
    [
      "canceled_at",
      "completed_at",
      "created",
      "customer",
      "ending_before",
      "limit",
      "released_at",
      "scheduled",
      "starting_after",
    ],
    ({ world, params }) => {
      const inside = (time: number | null, range: Parameters<typeof within>[1]): boolean =>
        range === undefined || (time !== null && within(time, range));
      const rows = newestFirst(world.subscriptionSchedules).filter(
        (row) =>
          (params.customer === undefined || row.customer === params.customer) &&
          (!params.scheduled || row.status === "not_started") &&
          inside(row.created, params.created) &&
          inside(row.canceled_at, params.canceled_at) &&
          inside(row.completed_at, params.completed_at) &&
          inside(row.released_at, params.released_at),
      );
      return pageOf(rows, params, "/v1/subscription_schedules");
    },
  ),
];
