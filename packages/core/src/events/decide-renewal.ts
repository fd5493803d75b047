import type { RenewalEvent } from "../language/billing-event.js";
import { isLive } from "../language/subscription-predicates.js";
import { type EventDecision, eventReasons, type KnownFacts } from "./event-decision.js";

/**
 * Decides about a renewal that comes near: what it will be charged to is looked at, if the subscription is stored. It
 * says nothing about the subscription's state.
 *
 * @example
 * function isOurs(event: RenewalEvent, facts: KnownFacts): boolean {
 *   return decideRenewal(event, facts).jobs.length > 0;
 * }
 */
export function decideRenewal(
  { provider, subscriptionId }: RenewalEvent,
  { current }: Pick<KnownFacts, "current">,
): Extract<EventDecision, { action: "settle" }> {
  const settled = { action: "settle", subscription: null, callbacks: [] } as const;
  if (current === null) return { ...settled, state: "ignored", reason: eventReasons.foreign, jobs: [] };
  const isOver = !isLive(current.subscription);
  if (isOver) return { ...settled, state: "stale", reason: eventReasons.ended, jobs: [] };
  return {
    ...settled,
    state: "applied",
    reason: null,
    jobs: [{ type: "check_card", provider, subscriptionId }],
  };
}
