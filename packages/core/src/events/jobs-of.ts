import type { PaymentEvent } from "../language/billing-event.js";
import { isDeletedCustomer } from "../language/deletion.js";
import type { Job } from "../language/job.js";
import { planLinesOf } from "../language/plan-lines.js";
import type { Subscription } from "../language/subscription.js";
import { isLive, keepsItsGroup } from "../language/subscription-predicates.js";

/**
 * What has to be looked into after a change of state. A subscription that comes to life may be the second one of its
 * group: two tabs that both paid, or one that was bought after a trial had ended and left the first one paused. Of a
 * payment that failed the customer is told at once. Where another number is billed, it may no longer be that of the members.
 *
 * @example
 * function mayBeSecond(before: Subscription | null, after: Subscription): boolean {
 *   return jobsOf(before, after).some(({ type }) => type === "settle_duplicate");
 * }
 */
export function jobsOf(before: Subscription | null, after: Subscription): readonly Job[] {
  const { customerId, provider, group, id: subscriptionId } = after;
  // It was paid for while they were being deleted, or came to life after it: nobody is there to use it.
  if (isDeletedCustomer(customerId)) {
    const isNew = isLive(after) && (before === null || !isLive(before));
    return isNew ? [{ type: "end_deleted", provider, subscriptionId }] : [];
  }
  const held = before !== null && keepsItsGroup(before);
  const settle: Job = { type: "settle_duplicate", customerId, provider, group };
  const notify: Job = { type: "notify_dunning", provider, subscriptionId };
  return [
    ...(keepsItsGroup(after) && !held ? [settle] : []),
    ...(startsDunning(before, after) ? [notify] : []),
    ...(concernsSeats(before, after) ? [{ type: "settle_seats", customerId } as const] : []),
  ];
}

/** Another number or plan, or what could not be changed and can again: members may have too few seats, or too many. */
function concernsSeats(before: Subscription | null, after: Subscription): boolean {
  if (before === null || !isLive(after)) return false;
  const seatsOf = (one: Subscription) =>
    planLinesOf(one).map(({ planId, quantity }) => `${planId}:${quantity}`);
  const isHeld = ({ status, cancelAt, pause }: Subscription) =>
    cancelAt !== null || pause !== null || status === "past_due" || status === "unpaid";
  return String(seatsOf(before)) !== String(seatsOf(after)) || (isHeld(before) && !isHeld(after));
}

function startsDunning(before: Subscription | null, { status, dunning }: Subscription): boolean {
  return status === "past_due" && dunning !== null && dunning.invoiceId !== before?.dunning?.invoiceId;
}

/**
 * What has to be looked into after a payment. One that arrives after its subscription's end, such as a bank debit that
 * was in progress, may be for the second of two, which was cancelled and is to be paid back.
 */
export function jobsOfPayment({ type }: PaymentEvent, current: Subscription | null): readonly Job[] {
  if (type !== "payment.succeeded" || current?.status !== "ended") return [];
  const { id: paidId, customerId, provider, group } = current;
  return [{ type: "settle_duplicate", customerId, provider, group, paidId }];
}
