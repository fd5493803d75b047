import type { StandingLine } from "./current-lines.js";
import { holdingOf } from "./holding.js";

/**
 * The plans that are open to a customer now, each with the line that is paid for it; `null`: it is the free plan.
 *
 * @example
 * openPlans({ catalog: plans, subscriptions: [], graceDays: 7, now: new Date() }).has("free"); // true
 */
export function openPlans(input: Parameters<typeof holdingOf>[0]): ReadonlyMap<string, StandingLine | null> {
  return holdingOf(input).open;
}
