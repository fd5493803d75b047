import type { IsoTime } from "../language/time.js";
import { describeDifference } from "./describe-difference.js";
import type { Difference, DifferenceCause } from "./difference.js";
import type { DifferenceFacts, ListedEvent } from "./difference-facts.js";

/**
 * Explains a difference; `null` when it is about to vanish by itself, because its event is on its way, and for what
 * ended and was nobody's.
 *
 * @example
 * function causeOf(facts: DifferenceFacts): string | undefined {
 *   return explainDifference(facts)?.cause;
 * }
 */
export function explainDifference(facts: DifferenceFacts): Difference | null {
  const { provider, stored, actual, ownerId, subscriptionId, difference } = facts;
  const missed = facts.events.filter(isMissed);
  if (isOnItsWay(facts, missed) || isHistory(facts)) return null;
  const cause = causeOf(facts, missed);
  const named = { cause, eventIds: missed.map(({ id }) => id) };
  return {
    ...named,
    provider,
    subscriptionId,
    customerId: stored?.customerId ?? ownerId,
    providerCustomerId: actual?.customer.providerCustomerId ?? stored?.providerCustomerId ?? null,
    fields: difference.fields,
    message: describeDifference(facts, cause, missed),
    repaired: false,
  };
}

/**
 * Whether an event is still to be dealt with.
 *
 * @example
 * isMissed({ id: "evt_1", type: "subscription.updated", occurredAt: "2026-03-01T00:00:00.000Z", standing: null }); // true
 */
export function isMissed({ standing }: ListedEvent): boolean {
  return standing === null || standing.state === "failed" || standing.state === "received";
}

/**
 * Whether it happened so recently that it may still be on its way.
 *
 * @example
 * isYoung("2026-03-01T11:59:30.000Z", "2026-03-01T12:00:00.000Z", 60); // true
 */
export function isYoung(time: IsoTime, asOf: IsoTime, patienceSeconds: number): boolean {
  // A read is dated a little too early, so that by age alone what has just happened would count as recent.
  return patienceSeconds > 0 && Date.parse(asOf) - Date.parse(time) < patienceSeconds * 1000;
}

function isOnItsWay(facts: DifferenceFacts, missed: readonly ListedEvent[]): boolean {
  const { difference, actual, asOf, patienceSeconds } = facts;
  const young = (time: IsoTime) => isYoung(time, asOf, patienceSeconds);
  if (difference.kind === "absent" && actual !== null && young(actual.createdAt)) return true;
  if (difference.kind !== "changed" && difference.kind !== "unknown_price") return false;
  const hopeful = missed.every(
    ({ standing, occurredAt }) => standing?.state !== "failed" && young(occurredAt),
  );
  return missed.length > 0 && hopeful;
}

/** What ended has nobody who could miss it. */
function isHistory({ difference, actual, claim }: DifferenceFacts): boolean {
  return difference.kind === "orphaned_customer" && actual?.endedAt !== null && claim?.customerId === null;
}

function causeOf(facts: DifferenceFacts, missed: readonly ListedEvent[]): DifferenceCause {
  const { difference, actual, eventsComplete } = facts;
  const { kind } = difference;
  if (kind !== "changed" && kind !== "absent") return kind;
  if (actual?.customer.deleted === true && actual.endedAt !== null) return "customer_deleted";
  if (kind === "absent") return isMadeByHand(facts) ? "manual_change" : "missed_event";
  return missed.length > 0 || !eventsComplete ? "missed_event" : "manual_change";
}

function isMadeByHand({ actual }: DifferenceFacts): boolean {
  return actual !== null && typeof actual.state === "object" && actual.state.origin === "provider";
}
