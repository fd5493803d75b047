import { compareIntervals, type Interval } from "../language/interval.js";

/** What is paid for a plan: for all seats together, in minor units; `null` where nobody knows. */
export interface PlanBill {
  readonly interval: Interval;
  readonly total: number | null;
}

/**
 * When a subscription becomes another plan, interval or number of seats: less money, or a shorter interval, waits for
 * the period's end, because what was paid is used until then; everything else starts, and is paid for, now. The
 * provider's portal is configured the same way (Stripe: `schedule_at_period_end`).
 *
 * @example
 * switchTime({ interval: "month", total: 2900 }, { interval: "month", total: 900 }); // "period_end"
 */
export function switchTime(from: PlanBill, to: PlanBill): "now" | "period_end" | null {
  if (compareIntervals(to.interval, from.interval) < 0) return "period_end";
  if (from.total === null || to.total === null) return null;
  return to.total < from.total ? "period_end" : "now";
}
