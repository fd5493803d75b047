import type { EventClock } from "../language/billing-event.js";
import type { EventFacts } from "../language/event-facts.js";
import { hasEnded } from "../language/subscription-predicates.js";

/**
 * Whether what is stored lost a race: an event that is no older said that the subscription is another product's, and
 * was left alone because nothing was stored yet. Only the provider knows which is true.
 *
 * @example
 * isOverruled({ current: null, ignoredAt: "2026-03-01T00:00:00.000Z" }); // false: nothing is stored
 */
export function isOverruled(
  { current, ignoredAt }: Pick<EventFacts, "current" | "ignoredAt">,
  clock: EventClock = "second",
): boolean {
  if (current === null || ignoredAt === null || hasEnded(current.subscription)) return false;
  return clock === "none" || ignoredAt >= current.subscription.asOf;
}
