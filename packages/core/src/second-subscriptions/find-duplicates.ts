import { planLinesOf } from "../language/plan-lines.js";
import type { Subscription, SubscriptionStatus } from "../language/subscription.js";
import { isLive } from "../language/subscription-predicates.js";
import { addDays } from "../language/time.js";

/** A pair of subscriptions that must not both run. */
export interface Duplicate {
  /** The one that continues. */
  readonly kept: Subscription;
  /** The second one. */
  readonly duplicate: Subscription;
}

/**
 * How old a subscription may be to count as a mistake, in days. Two that have run side by side for longer did not come
 * from a second tab, and what was paid for them is not ours to refund.
 */
const slipDays = 30;

/**
 * Finds the subscriptions of one customer and plan group that exist twice, at whichever providers.
 *
 * The one that stays is the one in better standing, so that nobody loses a paid one to an unpaid one:
 *
 * | first to stay | because |
 * |---|---|
 * | active | it is paid |
 * | trialing | nothing was paid for it, so nothing is lost with it |
 * | past_due, paused, unpaid | it is not paid now |
 *
 * Among equals the one that started earlier stays, then the one whose id comes first. Only what one of our checkouts
 * opened recently is ever called a duplicate; and not because of one that was made by hand afterwards, or of a plan
 * that was added to another one: whoever did that knew of the first. Nor is one that also carries a plan of another
 * group, because ending it would take that plan away too: that is for whoever added it to decide.
 *
 * @param subscriptions of one customer and `group`, by the plan that each was opened for
 *
 * @example
 * function isSecond(first: Subscription, second: Subscription): boolean {
 *   return findDuplicates([first, second], new Date()).some(({ duplicate }) => duplicate.id === second.id);
 * }
 */
export function findDuplicates(subscriptions: readonly Subscription[], now: Date): readonly Duplicate[] {
  const live = subscriptions.filter(isLive).sort(byPrecedence);
  const staying: Subscription[] = [];
  const found: Duplicate[] = [];
  for (const one of live) {
    const kept = staying.find(
      (other) => isAnother(one, other) && (other.origin === "checkout" || other.startedAt <= one.startedAt),
    );
    if (kept !== undefined && isSlip(one, now)) found.push({ kept, duplicate: one });
    else staying.push(one);
  }
  return found;
}

/** An account that is listed under two names has everything twice: neither of the two must be ended. */
function isAnother(one: Subscription, other: Subscription): boolean {
  return one.id !== other.id;
}

function isSlip(subscription: Subscription, now: Date): boolean {
  const { origin, startedAt, group } = subscription;
  const isRecent = addDays(startedAt, slipDays) > now.toISOString();
  return origin === "checkout" && isRecent && planLinesOf(subscription).every((one) => one.group === group);
}

const rank = {
  active: 0,
  trialing: 1,
  past_due: 2,
  paused: 3,
  unpaid: 4,
  incomplete: 5,
  ended: 6,
} as const satisfies Record<SubscriptionStatus, number>;

function byPrecedence(a: Subscription, b: Subscription): number {
  if (a.status !== b.status) return rank[a.status] - rank[b.status];
  if (a.startedAt !== b.startedAt) return a.startedAt < b.startedAt ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
