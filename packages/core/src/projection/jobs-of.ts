import type { Job } from "../job.js";
import { isLive, type Subscription } from "../subscription.js";

/**
 * What has to be looked into after a change of state. A subscription that comes to life may be the second one
 * of its group: two tabs that both paid.
 *
 * @example
 * function mayBeSecond(before: Subscription | null, after: Subscription): boolean {
 *   return jobsOf(before, after).some(({ type }) => type === "settle_duplicate");
 * }
 */
export function jobsOf(before: Subscription | null, after: Subscription): readonly Job[] {
  const { customerId, provider, group } = after;
  const wasLive = before !== null && isLive(before);
  return isLive(after) && !wasLive ? [{ type: "settle_duplicate", customerId, provider, group }] : [];
}
