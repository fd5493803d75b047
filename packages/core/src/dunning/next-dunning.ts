import type { Dunning, ProviderSubscription, Subscription } from "../language/subscription.js";
import type { IsoTime } from "../language/time.js";

/**
 * What a new state means for what the customer is told of: the same failed invoice is told of further, another one from
 * its beginning, and one that is settled no more. What was past due before notices were known counts from then.
 *
 * @param asOf the provider's time of the state
 * @example
 * function isSettled(before: Subscription, state: ProviderSubscription): boolean {
 *   return nextDunning(before, state, "2026-03-05T00:00:00.000Z") === null;
 * }
 */
export function nextDunning(
  before: Pick<Subscription, "dunning" | "pastDueSince"> | null,
  { status, arrears }: Pick<ProviderSubscription, "status" | "arrears">,
  asOf: IsoTime,
): Dunning | null {
  const known = before?.dunning ?? null;
  if (status === "unpaid") return known;
  if (status !== "past_due") return null;
  const failed = arrears?.failed ?? null;
  // A provider that doesn't say now may have said before.
  if (failed === null) return known;
  if (known?.invoiceId === failed.invoiceId) {
    const attemptedAt = known.attempts === failed.attempts ? known.attemptedAt : asOf;
    return { ...known, ...failed, attemptedAt };
  }
  const since = known === null ? (before?.pastDueSince ?? asOf) : asOf;
  return { ...failed, since, attemptedAt: asOf, noticed: null };
}
