import { isDecimal } from "../money/decimal.js";
import { type Context, day, seconds } from "../world/context.js";
import { find } from "../world/find.js";
import { invalidRequest } from "../world/stripe-error.js";
import { atCustomer } from "../world/test-clock.js";
import type { Meter } from "../world/wire.js";
import type { World } from "../world/world.js";
import { watchUsage } from "./alert.js";
import { meterOf } from "./meter.js";
import { type MeterErrorCode, reportMeterError } from "./meter-error.js";
import { usageKey } from "./usage.js";

export type UsageReport = {
  event_name: string;
  identifier?: string;
  payload: Record<string, string>;
  /** In seconds. */
  timestamp?: number;
};

/** A report as Stripe answers it. */
export type Recorded = Required<UsageReport> & { created: number };

const oldest = 35 * day;
const ahead = 300;

/** At the time of the reported customer's test clock. */
const atReport = (world: World, ctx: Context, report: UsageReport): Context =>
  atCustomer(world, ctx, customerIn(meterOf(world, report.event_name), report));

const customerIn = (meter: Meter | undefined, report: UsageReport): string | undefined =>
  report.payload[meter?.customer_mapping.event_payload_key ?? "stripe_customer_id"];

const timeError = (now: number, timestamp: number): MeterErrorCode | undefined => {
  if (timestamp > now + ahead) return "timestamp_in_future";
  return timestamp < now - oldest ? "timestamp_too_far_in_past" : undefined;
};

const seenToday = (world: World, now: number, identifier: string | undefined): boolean => {
  const seen = find(world.hidden.usageIdentifiers, identifier);
  return seen !== undefined && now - seen.received < day;
};

/** What Stripe refuses at once: a wrong time, and an identifier that came in the last 24 hours. */
export const checkReport = (world: World, ctx: Context, report: UsageReport): void => {
  const now = seconds(atReport(world, ctx, report));
  const error = timeError(now, report.timestamp ?? now);
  if (error)
    throw invalidRequest(
      "The timestamp must be within the past 35 days and not more than 5 minutes in the future.",
      error,
      "timestamp",
    );
  if (seenToday(world, now, report.identifier))
    throw invalidRequest(
      `An event already exists with identifier ${report.identifier}.`,
      "duplicate_meter_event",
      "identifier",
    );
};

const reportedValue = (meter: Meter, report: UsageReport): string =>
  meter.default_aggregation.formula === "count"
    ? "1"
    : (report.payload[meter.value_settings.event_payload_key] ?? "");

/** What Stripe finds out only later, and announces in a thin event. */
const laterError = (
  world: World,
  now: number,
  report: Recorded,
  meter: Meter | undefined,
): MeterErrorCode | undefined => {
  if (!meter) return "no_meter";
  if (meter.status !== "active") return "archived_meter";
  const late = timeError(now, report.timestamp);
  if (late) return late;
  const customer = customerIn(meter, report);
  if (!customer) return "meter_event_no_customer_defined";
  if (!find(world.customers, customer) || find(world.deletedCustomers, customer))
    return "meter_event_customer_not_found";
  const value = reportedValue(meter, report);
  if (value.replace(/\D/g, "").length > 15) return "meter_event_value_too_many_digits";
  return isDecimal(value) ? undefined : "meter_event_invalid_value";
};

/** Takes a report of usage: counts it, or announces why it can't be counted. */
export const recordUsage = (world: World, ctx: Context, report: UsageReport): Recorded => {
  const local = atReport(world, ctx, report);
  const now = seconds(local);
  const identifier = report.identifier ?? local.ids.secret(32).toLowerCase();
  const recorded: Recorded = {
    created: now,
    event_name: report.event_name,
    identifier,
    payload: { ...report.payload },
    timestamp: report.timestamp ?? now,
  };
  // The stream announces no repeated report, and counts it once.
  if (seenToday(world, now, identifier)) return recorded;
  const meter = meterOf(world, report.event_name);
  const error = laterError(world, now, recorded, meter);
  const key = meter && !error ? usageKey(meter.id, customerIn(meter, report) ?? "") : null;
  world.hidden.usageIdentifiers[identifier] = { received: now, key, event_name: report.event_name };
  if (error) reportMeterError(world, local, error, identifier, meter);
  if (!meter || key === null) return recorded;
  const { timestamp } = recorded;
  const events = world.hidden.usage[key] ?? [];
  world.hidden.usage[key] = events;
  const value = reportedValue(meter, report);
  events.push({ identifier, value, timestamp });
  watchUsage(world, local, { meter, customer: customerIn(meter, report) ?? "", value });
  return recorded;
};
