import type { PaymentEvent } from "../billing-event.js";
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

/**
 * What has to be looked into after a payment. One that comes in after its subscription's end, as a bank debit that
 * was under way does, may be for the second of two, which was cancelled to be paid back.
 */
export function jobsOfPayment({ type }: PaymentEvent, current: Subscription | null): readonly Job[] {
  if (type !== "payment.succeeded" || current?.status !== "ended") return [];
  const { id: paidId, customerId, provider, group } = current;
  return [{ type: "settle_duplicate", customerId, provider, group, paidId }];
}
