import { type Context, seconds } from "../world/context.js";
import { find } from "../world/find.js";
import type { UsageRecords } from "../world/hidden.js";
import { invalidRequest } from "../world/stripe-error.js";
import { touch } from "../world/touch.js";
import type { Price, Subscription, SubscriptionItem } from "../world/wire.js";
import type { World } from "../world/world.js";

/** What an answer says of usage that was reported for an item. */
type UsageRecord = {
  id: string;
  object: "usage_record";
  livemode: false;
  quantity: number;
  subscription_item: string;
  timestamp: number;
};

export type NewUsageRecord = { action?: "increment" | "set"; quantity: number; timestamp?: number | "now" };

type Formula = (inside: UsageRecords, until: UsageRecords) => number;

const last: Formula = (records) => records.at(-1)?.quantity ?? 0;

/**
 * How what was reported until a period's end counts for the period, by a price's `aggregate_usage`: the SDK's
 * declarations before 18, and https://docs.stripe.com/billing/subscriptions/usage-based-legacy/metered-billing
 */
const formulas: Readonly<Record<string, Formula>> = {
  sum: (inside) => inside.reduce((total, { quantity }) => total + quantity, 0),
  max: (inside) => Math.max(0, ...inside.map(({ quantity }) => quantity)),
  last_during_period: last,
  last_ever: (_, until) => last(until, until),
};

/** How usage of a metered price without a meter counts; undefined for all other prices. */
export const aggregateOf = (world: World, { id }: Pick<Price, "id">): string | undefined =>
  find(world.hidden.aggregates, id);

/** What was reported for an item from `start` until before `end`, in seconds. */
export const reportedFor = (world: World, item: SubscriptionItem, start: number, end: number): number => {
  const until = (find(world.hidden.usageRecords, item.id) ?? []).filter(({ timestamp }) => timestamp < end);
  const inside = until.filter(({ timestamp }) => timestamp >= start);
  return formulas[aggregateOf(world, item.price) ?? "sum"]?.(inside, until) ?? 0;
};

const check = (world: World, item: SubscriptionItem, timestamp: number): void => {
  if (aggregateOf(world, item.price) === undefined)
    throw invalidRequest(
      item.price.recurring?.meter
        ? "Usage of a price that a meter backs is reported by meter events."
        : "Usage can only be reported for prices with `usage_type=metered`.",
      undefined,
      "subscription_item",
    );
  if (timestamp < item.current_period_start || timestamp >= item.current_period_end)
    throw invalidRequest(
      "The timestamp must be within the current billing period of the subscription.",
      undefined,
      "timestamp",
    );
};

/**
 * Reports usage of an item. At a time that has some already, `increment` adds to it and `set` overwrites it.
 */
export const reportUsage = (
  world: World,
  ctx: Context,
  { item, subscription }: { item: SubscriptionItem; subscription: Subscription },
  { action = "increment", quantity, timestamp: given = "now" }: NewUsageRecord,
): UsageRecord => {
  const timestamp = given === "now" ? seconds(ctx) : given;
  check(world, item, timestamp);
  const records = find(world.hidden.usageRecords, item.id) ?? [];
  const same = records.find((record) => record.timestamp === timestamp);
  const total = action === "set" ? quantity : (same?.quantity ?? 0) + quantity;
  world.hidden.usageRecords[item.id] = [
    ...records.filter((record) => record !== same),
    { timestamp, quantity: total },
  ].sort((one, other) => one.timestamp - other.timestamp);
  touch(world, subscription.id);
  return {
    id: ctx.ids.id("mbur"),
    object: "usage_record",
    livemode: false,
    quantity,
    subscription_item: item.id,
    timestamp,
  };
};
