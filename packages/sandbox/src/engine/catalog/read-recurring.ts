import type Stripe from "stripe";
import { need } from "../world/find.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Given, Price } from "../world/wire.js";
import type { World } from "../world/world.js";

export type GivenRecurring = Given<Stripe.PriceCreateParams.Recurring> & {
  /** How usage counts that is reported without a meter, which only versions before basil know. */
  aggregate_usage?: string;
};

/** Three years at most. */
const longest = { day: 1095, week: 156, month: 36, year: 3 } satisfies Record<
  GivenRecurring["interval"],
  number
>;

const meterOf = (world: World, given: GivenRecurring, name: (key: string) => string): string | null => {
  const metered = given.usage_type === "metered";
  if (given.aggregate_usage !== undefined && (!metered || given.meter !== undefined))
    throw invalidRequest(
      "`aggregate_usage` can only be set on prices with `usage_type=metered` that no meter backs.",
      undefined,
      name("recurring[aggregate_usage]"),
    );
  if (metered && given.meter === undefined && given.aggregate_usage === undefined)
    throw invalidRequest(
      "Starting with Stripe version `2025-03-31.basil`, metered prices must be backed by meters.",
    );
  if (given.meter === undefined) return null;
  const param = name("recurring[meter]");
  if (!metered)
    throw invalidRequest("A meter can only be set on prices with `usage_type=metered`.", undefined, param);
  const meter = need(world.meters, "billing meter", given.meter, param);
  if (meter.status !== "active")
    throw invalidRequest("The meter is inactive. Prices only accept active meters.", undefined, param);
  return meter.id;
};

/** Reads how often a price recurs and what is counted. */
export const readRecurring = (
  world: World,
  given: GivenRecurring,
  name: (key: string) => string,
): NonNullable<Price["recurring"]> => {
  const { interval, interval_count = 1, usage_type = "licensed" } = given;
  if (interval_count > longest[interval])
    throw invalidRequest(
      `Invalid interval_count: ${interval_count}. The maximum interval is three years: ` +
        `${longest[interval]} ${interval}s.`,
      undefined,
      name("recurring[interval_count]"),
    );
  return {
    interval,
    interval_count,
    meter: meterOf(world, given, name),
    trial_period_days: given.trial_period_days ?? null,
    usage_type,
  };
};
