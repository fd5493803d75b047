import { planLinesOf } from "../language/plan-lines.js";
import type { Subscription } from "../language/subscription.js";

/**
 * Whether what plans grant may be another after a change of state: another plan or period, or one that began to be paid
 * for or ended.
 *
 * @example
 * function mayGrant(subscription: Subscription): boolean {
 *   return grantsAnew(null, subscription);
 * }
 */
export function grantsAnew(before: Subscription | null, after: Subscription): boolean {
  return before === null || termsOf(before) !== termsOf(after);
}

function termsOf(subscription: Subscription): string {
  const lines = planLinesOf(subscription).map(({ planId, interval, currentPeriod }) => [
    planId,
    interval,
    currentPeriod?.start,
  ]);
  return JSON.stringify([subscription.status, lines]);
}
