import { type Cycle, periodAt } from "../../money/billing-cycle.js";
import type { Price, Subscription, SubscriptionItem } from "../../world/wire.js";

/** From when until when, in seconds since 1970. */
export type Period = { start: number; end: number };

/** A period that is billed, and the whole one that it is a part of. */
export type BilledPeriod = Period & { whole: Period };

/** A price's rhythm; a subscription that was asked for the 31st goes back to it after a shorter month. */
export const cycleOf = (
  { recurring }: Price,
  subscription?: Pick<Subscription, "billing_cycle_anchor_config">,
): Cycle => {
  const { interval, interval_count } = recurring ?? { interval: "month", interval_count: 1 };
  const config = subscription?.billing_cycle_anchor_config;
  return { interval, interval_count, ...(config ? { day_of_month: config.day_of_month } : {}) };
};

/** Whether two prices are billed in the same rhythm. */
export const sameCycle = (one: Price, other: Price): boolean =>
  one.recurring?.interval === other.recurring?.interval &&
  one.recurring?.interval_count === other.recurring?.interval_count;

/** From a moment until the anchor's next date, or until `limit` if that comes first. */
export const periodFrom = (
  anchor: number,
  cycle: Cycle,
  from: number,
  limit: number | null = null,
): BilledPeriod => {
  const whole = periodAt(anchor, cycle, from);
  const end = limit !== null && limit > from ? Math.min(whole.end, limit) : whole.end;
  return { start: from, end, whole };
};

/** Whether a period is shorter than the whole one. */
export const isShort = ({ start, end, whole }: BilledPeriod): boolean =>
  start > whole.start || end < whole.end;

/** When the running period ends; with several rhythms, the first of them. */
export const periodEnd = (subscription: Subscription): number =>
  Math.min(...subscription.items.data.map((item) => item.current_period_end));

/** When the last of the running periods ends. */
export const lastPeriodEnd = (subscription: Subscription): number =>
  Math.max(...subscription.items.data.map((item) => item.current_period_end));

/** Puts an item into a period. */
export const setPeriod = (item: SubscriptionItem, period: Period): void => {
  item.current_period_start = period.start;
  item.current_period_end = period.end;
};
