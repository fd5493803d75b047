import { BillingError } from "../language/errors.js";
import type { RetentionOffer } from "../language/retention.js";
import type { Subscription } from "../language/subscription.js";
import { isActive } from "../language/subscription-predicates.js";

/** For how long an offer that nobody answered is made again instead of cancelling: a double click is no answer. */
const openMs = 600_000;

/**
 * What to do about somebody who cancels where the app offers something to stay. `cancel` and `decline` go on to the
 * cancellation, `offer` makes the offer and `repeat` the same again, `accept` carries it out, `accepted` was carried out
 * before. It is made once per customer, and never for what ends, is paused or is not paid for: who cancels for the second
 * time is not held up, and no page that doesn't know of offers is held up for longer than ten minutes.
 *
 * @param input.all the customer's subscriptions, ended ones included
 * @param input.kind what the app offers; `null`: nothing
 * @param input.answer what the person says to it; `null`: nothing
 * @throws BillingError `offer_not_open` for an answer that accepts what was not offered, or was declined
 * @example
 * function isHeldUp(subscription: Subscription, now: Date): boolean {
 *   const input = { subscription, all: [subscription], kind: "coupon", answer: null, now } as const;
 *   return decideRetention(input) === "offer";
 * }
 */
export function decideRetention(input: {
  readonly subscription: Subscription;
  readonly all: readonly Subscription[];
  readonly kind: RetentionOffer["kind"] | null;
  readonly answer: "accept" | "decline" | null;
  readonly now: Date;
}): "cancel" | "offer" | "repeat" | "accept" | "accepted" | "decline" {
  const { subscription, all, kind, answer, now } = input;
  const { retention } = subscription;
  const isOpen =
    retention !== undefined && retention.answer === null && canTake(subscription, retention.offer.kind);
  if (answer === "accept") {
    if (retention?.answer === "accepted") return "accepted";
    if (isOpen) return "accept";
    throw new BillingError("offer_not_open", "There is no such offer any more.");
  }
  if (answer === "decline") return retention?.answer === null ? "decline" : "cancel";
  if (isOpen) return now.getTime() - Date.parse(retention.offeredAt) < openMs ? "repeat" : "cancel";
  // The list may be newer: another click's offer on this one is found when ours is stored.
  const others = all.filter(({ id }) => id !== subscription.id);
  const isFirst = [subscription, ...others].every((one) => one.retention === undefined);
  return kind !== null && isFirst && canTake(subscription, kind) ? "offer" : "cancel";
}

/** A discount on what ends anyway helps nobody, and a trial is not charged for as it is. */
function canTake(subscription: Subscription, kind: RetentionOffer["kind"]): boolean {
  const runs = isActive(subscription) && subscription.cancelAt === null && subscription.pause === null;
  return runs && (kind === "coupon" || subscription.status === "active");
}
