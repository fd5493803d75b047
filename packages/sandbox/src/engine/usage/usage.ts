import { fromScaled, toScaled } from "../money/decimal.js";
import { day } from "../world/context.js";
import { find } from "../world/find.js";
import type { UsageEvent } from "../world/hidden.js";
import type { Meter } from "../world/wire.js";
import type { World } from "../world/world.js";

/** Where a meter keeps a customer's events. */
export const usageKey = (meter: string, customer: string): string => `${meter}/${customer}`;

/** In seconds. */
const windows: Record<string, number> = { hour: 3600, day };

/** A meter whose reports are sums already counts only the last one of each hour or day. */
const lastOfEachWindow = (events: UsageEvent[], size: number): UsageEvent[] => {
  const last = new Map<number, UsageEvent>();
  for (const event of events) last.set(Math.floor(event.timestamp / size), event);
  return [...last.values()];
};

const latest = (events: UsageEvent[]): string => {
  let found: UsageEvent | undefined;
  // Of two at the same time the one that arrived later counts.
  for (const event of events) if (!found || event.timestamp >= found.timestamp) found = event;
  return found?.value ?? "0";
};

const formulas: Record<string, (events: UsageEvent[]) => string> = {
  count: (events) => String(events.length),
  last: latest,
  sum: (events) => fromScaled(events.reduce((sum, event) => sum + toScaled(event.value), 0n)),
};

/** What a customer used from `start` until before `end`, in seconds: a decimal by the meter's formula. */
export const usageOf = (world: World, meter: Meter, customer: string, start: number, end: number): string => {
  const all = find(world.hidden.usage, usageKey(meter.id, customer)) ?? [];
  const inside = all.filter((event) => event.timestamp >= start && event.timestamp < end);
  const size = windows[meter.event_time_window ?? ""];
  const counted = size === undefined ? inside : lastOfEachWindow(inside, size);
  return formulas[meter.default_aggregation.formula]?.(counted) ?? "0";
};
