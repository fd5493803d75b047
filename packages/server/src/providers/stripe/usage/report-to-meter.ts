import type { ProviderUsage, UsageReport } from "@tollgate/core";
import { findMeter } from "../catalog/ensure-meter.js";
import type { CallStripe } from "../client/stripe-client.js";
import { refusalCode } from "../client/to-provider-error.js";
import type { StripeNames } from "../language/names.js";

/** Stripe knows an identifier for at least 24 hours (https://docs.stripe.com/api/billing/meter-event/create). */
const rememberedMs = 23 * 3600_000;

/**
 * Adds a meter event, once for the same report: its id is the identifier. An answer that got lost so long ago that Stripe
 * may have forgotten the identifier is looked up in what the meter has counted.
 */
export async function reportToMeter(
  call: CallStripe,
  names: StripeNames,
  { report, now }: Parameters<ProviderUsage["report"]>[0],
): Promise<void> {
  const { id, providerCustomerId, feature, quantity, usedAt, firstTriedAt } = report;
  const isForgotten = now.getTime() - Date.parse(firstTriedAt) > rememberedMs;
  if (isForgotten && (await isCounted(call, names, report))) return;
  const event = {
    event_name: names.meterName(feature),
    identifier: id,
    payload: { stripe_customer_id: providerCustomerId, value: String(quantity) },
    timestamp: Math.floor(Date.parse(usedAt) / 1000),
  };
  try {
    await call((client) => client.billing.meterEvents.create(event));
  } catch (error) {
    if (refusalCode(error) !== "duplicate_meter_event") throw error;
  }
}

/**
 * Whether the meter has at least this much in the report's minute, the finest that it tells
 * (https://docs.stripe.com/api/billing/meter-event-summary/list). Reports of one customer and feature are further apart,
 * but for one that is told just before a change or an end: then this may be another's, to the customer's advantage.
 */
async function isCounted(
  call: CallStripe,
  names: StripeNames,
  { feature, providerCustomerId, quantity, usedAt }: UsageReport,
): Promise<boolean> {
  const meter = await findMeter(call, names.meterName(feature));
  if (meter === null) return false;
  const start_time = Math.floor(Date.parse(usedAt) / 60_000) * 60;
  const span = { customer: providerCustomerId, start_time, end_time: start_time + 60 };
  const { data } = await call((client) => client.billing.meters.listEventSummaries(meter.id, span));
  return data.reduce((sum, { aggregated_value }) => sum + aggregated_value, 0) >= quantity;
}
