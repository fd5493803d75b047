import type Stripe from "stripe";
import { emitThin } from "../endpoints/thin-event.js";
import type { Context } from "../world/context.js";
import type { Meter } from "../world/wire.js";
import type { World } from "../world/world.js";

type Data = Stripe.V2.Core.Events.V1BillingMeterErrorReportTriggeredEvent["data"];

/** Why a report of usage was not counted; Stripe finds out after it has answered. */
export type MeterErrorCode =
  | "archived_meter"
  | "meter_event_customer_not_found"
  | "meter_event_invalid_value"
  | "meter_event_no_customer_defined"
  | "meter_event_value_too_many_digits"
  | "no_meter"
  | "timestamp_in_future"
  | "timestamp_too_far_in_past";

const messages = {
  archived_meter: "The meter is archived",
  meter_event_customer_not_found: "No customer was found for the customer mapping key in the payload",
  meter_event_invalid_value: "The value in the payload is missing or not a number",
  meter_event_no_customer_defined: "The payload lacks the customer mapping key",
  meter_event_value_too_many_digits: "The value in the payload has more than 15 digits",
  no_meter: "No meter was found for the event name",
  timestamp_in_future: "The timestamp is more than 5 minutes in the future",
  timestamp_too_far_in_past: "The timestamp is more than 35 days in the past",
} satisfies Record<MeterErrorCode, string>;

/**
 * Announces, as a thin event, a report that was not counted. Stripe gathers errors for a while; here each is
 * announced at once.
 * https://docs.stripe.com/billing/subscriptions/usage-based/recording-usage-api#handle-meter-event-errors
 */
export const reportMeterError = (
  world: World,
  ctx: Context,
  code: MeterErrorCode,
  identifier: string,
  meter: Meter | undefined,
): void => {
  const time = ctx.now.toISOString();
  const data: Data = {
    developer_message_summary: `There is 1 invalid event: ${messages[code]}.`,
    reason: {
      error_count: 1,
      error_types: [
        {
          code,
          error_count: 1,
          sample_errors: [{ error_message: messages[code], request: { identifier } }],
        },
      ],
    },
    validation_end: time,
    validation_start: time,
  };
  if (!meter) {
    emitThin(world, ctx, "v1.billing.meter.no_meter_found", { data: { ...data } });
    return;
  }
  const related = { id: meter.id, type: "billing.meter", url: `/v1/billing/meters/${meter.id}` };
  emitThin(world, ctx, "v1.billing.meter.error_report_triggered", { related, data: { ...data } });
};
