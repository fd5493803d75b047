import { type PlanLine, planLinesOf } from "../language/plan-lines.js";
import type { Period, ProviderSubscription, Subscription } from "../language/subscription.js";
import type { IsoTime } from "../language/time.js";
import { periodAt } from "./period-at.js";

/** More than one may be asked for again: while a period is not paid, the one before it continues. */
const longestMemory = 3;

/**
 * From when on usage counts in the periods that began because a change cut the previous one short: a period that began
 * because the previous one had run out brings a fresh quota, and one that a change began continues its count. This
 * holds however the change was made and at whichever provider, even when only the last of several changes was heard of.
 *
 * @returns by the start of the period; one that is not named counts from its own start
 */
export function carryCounts(
  before: Subscription | null,
  after: ProviderSubscription,
): Subscription["countedFrom"] {
  if (before === null) return {};
  const carried: Record<IsoTime, IsoTime> = { ...before.countedFrom };
  for (const line of planLinesOf(after)) {
    const earlier = planLinesOf(before).find(({ group }) => group === line.group);
    if (earlier?.currentPeriod == null || line.currentPeriod === null) continue;
    const { start } = line.currentPeriod;
    const cut = cutShort(earlier.currentPeriod, earlier, before, start);
    if (cut !== null && cut !== start) carried[start] = before.countedFrom[cut] ?? cut;
  }
  const latest = Object.keys(carried).sort().slice(-longestMemory);
  return Object.fromEntries(Object.entries(carried).filter(([start]) => latest.includes(start)));
}

/** The start of the period that would still have been running when the next one begins; `null`: it had run out. */
function cutShort(
  period: Period,
  { interval }: PlanLine,
  { status }: Subscription,
  next: IsoTime,
): IsoTime | null {
  const at = Date.parse(next);
  if (at < Date.parse(period.end)) return period.start;
  // What was not served did not renew: whatever begins later is new.
  if (status !== "active" && status !== "trialing" && status !== "past_due") return null;
  const running = periodAt(period, interval, new Date(at));
  return Date.parse(running.start) === at ? null : running.start;
}

/**
 * From when on usage counts in the period of a subscription that starts then: from its start, unless a change cut the
 * previous period short.
 *
 * @example
 * countedFromOf({ countedFrom: {} }, "2026-03-01T00:00:00.000Z"); // "2026-03-01T00:00:00.000Z"
 */
export function countedFromOf({ countedFrom }: Pick<Subscription, "countedFrom">, start: IsoTime): IsoTime {
  return countedFrom[start] ?? start;
}
