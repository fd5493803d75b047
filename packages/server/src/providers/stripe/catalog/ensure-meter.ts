import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { refusalCode } from "../client/to-provider-error.js";
import { underNextKey } from "../client/under-own-key.js";
import { digestOf } from "../language/digest-of.js";

/**
 * The meter that counts events of a name, in force; made where there is none. Stripe allows one in force for each name
 * (https://docs.stripe.com/api/billing/meter/create#create_billing_meter-event_name).
 */
export async function ensureMeter(
  call: CallStripe,
  eventName: string,
  displayName: string,
  database: string,
): Promise<string> {
  const known = await findMeter(call, eventName);
  if (known?.status === "active") return known.id;
  if (known !== null) {
    await call((client) => client.billing.meters.reactivate(known.id));
    return known.id;
  }
  // We rely on: who used it is in `stripe_customer_id` and how much in `value`, and no window (`event_time_window`).
  const params = {
    display_name: displayName,
    event_name: eventName,
    default_aggregation: { formula: "sum" },
  } as const;
  const key = await digestOf(["meter", database, params]);
  try {
    const made = await underNextKey(key, (idempotencyKey) =>
      call((client) => client.billing.meters.create(params, { idempotencyKey })),
    );
    return made.id;
  } catch (error) {
    // Another push was faster.
    const made = refusalCode(error) === null ? null : await findMeter(call, eventName);
    if (made?.status !== "active") throw error;
    return made.id;
  }
}

/** The meter of this name, one in force before any other. */
export async function findMeter(call: CallStripe, eventName: string): Promise<Stripe.Billing.Meter | null> {
  return call(async (client) => {
    let found: Stripe.Billing.Meter | null = null;
    for await (const meter of client.billing.meters.list({ limit: 100 })) {
      if (meter.event_name !== eventName) continue;
      if (meter.status === "active") return meter;
      found ??= meter;
    }
    return found;
  });
}
