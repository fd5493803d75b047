import { standingOf } from "../access/standing.js";
import type { DunningNoticeData } from "../language/callback.js";
import type { PaymentMethod } from "../language/payment-method.js";
import type { Dunning, Subscription } from "../language/subscription.js";
import { addDays } from "../language/time.js";
import { dunningData } from "./dunning-facts.js";

/** On which days after a payment failed the customer is told, 0 being at once. */
export const defaultNoticeDays: readonly number[] = [0, 3, 5, 7];

/**
 * Which notice about a failed payment is due now; `null`: none is. Of several only the latest: whatever slept through a
 * day makes up for nothing. Nobody is told who has cancelled, whose subscription has ended or is `unpaid`, or who has
 * been told as much already; nor is whoever has entered another card since the latest attempt, until that is tried.
 *
 * @param input.noticeDays whole days of 24 hours after the failure, in rising order; empty: nobody is told
 * @example
 * function isDue(subscription: Subscription): boolean {
 *   const input = { noticeDays: defaultNoticeDays, graceDays: 7, updateUrl: "https://app.example.com/billing" };
 *   return decideNotice({ ...input, subscription, now: new Date() }) !== null;
 * }
 */
export function decideNotice(input: {
  readonly subscription: Subscription;
  readonly noticeDays: readonly number[];
  readonly graceDays: number;
  readonly updateUrl: string;
  /** What would be charged at the next attempt, where that is known. @default nothing is known */
  readonly method?: Pick<PaymentMethod, "createdAt"> | null;
  readonly now: Date;
}): DunningNoticeData | null {
  const { subscription, noticeDays, graceDays, updateUrl, now } = input;
  const { dunning, status, cancelAt } = subscription;
  if (status !== "past_due" || dunning === null || cancelAt !== null) return null;
  const due = noticeDays.findLast((day) => Date.parse(addDays(dunning.since, day)) <= now.getTime());
  if (due === undefined || (dunning.noticed !== null && due <= dunning.noticed)) return null;
  if (isReplaced(dunning, input.method?.createdAt ?? null)) return null;
  const standing = standingOf(subscription, graceDays, now);
  return {
    ...dunningData(subscription, dunning),
    noticed: due,
    final: due === noticeDays.at(-1),
    nextAttemptAt: dunning.nextAttemptAt,
    graceEndsAt: standing.grants ? standing.graceEndsAt : null,
    updateUrl,
  };
}

/** Whether a method that is newer than the latest attempt waits for the next one. */
function isReplaced({ attemptedAt, nextAttemptAt }: Dunning, createdAt: string | null): boolean {
  return createdAt !== null && createdAt > attemptedAt && nextAttemptAt !== null;
}

/**
 * The subscription once a notice about it is told: no other one is due before its day.
 *
 * @example
 * function afterNotice(subscription: Subscription, notice: DunningNoticeData): Subscription {
 *   return withNotice(subscription, notice);
 * }
 */
export function withNotice(subscription: Subscription, { noticed }: DunningNoticeData): Subscription {
  const { dunning } = subscription;
  return dunning === null ? subscription : { ...subscription, dunning: { ...dunning, noticed } };
}

/**
 * Whether a notice that waited in the outbox still says what is so: it doesn't when the payment came in meanwhile,
 * the customer cancelled, another invoice failed or a later notice waits behind it.
 *
 * @example
 * isNoticeCurrent({ invoiceId: "in_1", noticed: 0 }, null); // false: there is no such subscription any more
 */
export function isNoticeCurrent(
  { invoiceId, noticed }: Pick<DunningNoticeData, "invoiceId" | "noticed">,
  subscription: Subscription | null,
): boolean {
  if (subscription === null || subscription.status !== "past_due" || subscription.cancelAt !== null)
    return false;
  return subscription.dunning?.invoiceId === invoiceId && subscription.dunning.noticed === noticed;
}
