import type { DifferenceCause } from "./difference.js";
import type { DifferenceFacts, ListedEvent } from "./difference-facts.js";

/** What an operator reads: what is wrong, and what to do where only they can do it. */
export function describeDifference(
  facts: DifferenceFacts,
  cause: DifferenceCause,
  missed: readonly ListedEvent[],
): string {
  const what = changesOf(facts);
  switch (cause) {
    case "missed_event":
      return `${what}: ${describeMissed(facts, missed)}.`;
    case "manual_change":
      return `${what}: ${describeManual(facts, missed)}.`;
    case "customer_deleted":
      return "The customer was deleted at the provider, which ended the subscription.";
    case "unknown_price":
      return describePrice(facts);
    case "orphaned_customer":
      return describeOrphan(facts);
    case "missing_at_provider":
      return facts.customerKnown
        ? "The provider has the customer, but no such subscription any more."
        : "The provider has neither the subscription nor its customer: does the key belong to another account, or to the other mode?";
    case "other_owner":
      return "The subscription is stored as one customer's, and the provider's customer is linked to another: find out whose it is.";
    case "ended_in_store":
      return "The subscription is stored as ended, which is final, but it still runs at the provider: end it there, or sell a new one.";
    case "unknown_state":
      return "The subscription is in a state that this version of Tollgate doesn't know: update Tollgate.";
  }
}

function changesOf({ stored, difference }: DifferenceFacts): string {
  if (stored === null) return "The subscription is not stored";
  const changes = difference.fields.map(({ field, stored: before, actual }) => {
    const plans = field === "items" ? [plansIn(before), plansIn(actual)] : [];
    if (plans[0] !== plans[1]) return `plans are ${plans[0]} and should be ${plans[1]}`;
    const isPlain = [before, actual].every((value) => value === null || typeof value !== "object");
    return isPlain ? `${field} is ${toWord(before)} and should be ${toWord(actual)}` : `${field} differs`;
  });
  return `The stored ${changes.join(", ")}`;
}

/** The plans of the lines, in words. */
function plansIn(items: unknown): string {
  const ids = Array.isArray(items) ? items.flatMap(({ group, planId }) => (group ? [planId] : [])) : [];
  return ids.length === 0 ? "none" : ids.join(" and ");
}

function toWord(value: unknown): string {
  return value === null || value === undefined ? "none" : String(value);
}

function describeMissed({ eventsComplete }: DifferenceFacts, missed: readonly ListedEvent[]): string {
  const failed = missed.find(({ standing }) => standing !== null);
  if (failed?.standing?.state === "failed") {
    const { reason } = failed.standing;
    return `the event ${failed.id} (${failed.type}) could not be applied${reason === null ? "" : `, because ${reason}`}`;
  }
  if (failed !== undefined) return `work on the event ${failed.id} (${failed.type}) was cut off`;
  // A payment's event carries no state.
  const first = missed.find(({ type }) => type.startsWith("subscription.")) ?? missed[0];
  if (first !== undefined) {
    const more = missed.length === 1 ? "" : `, nor did ${missed.length - 1} more`;
    return `the event ${first.id} (${first.type}) never arrived${more}`;
  }
  return eventsComplete
    ? "no event told of it"
    : "its event never arrived, and is too old for the provider's list";
}

function describeManual({ stored }: DifferenceFacts, missed: readonly ListedEvent[]): string {
  if (stored !== null) return "it was changed at the provider without any event that is missing here";
  const [event] = missed;
  const told = event === undefined ? "" : `, and the event ${event.id} never arrived`;
  return `it was made at the provider, not by a checkout of this app${told}`;
}

function describePrice({ stored, actual }: DifferenceFacts): string {
  const prices = (actual?.priceIds ?? []).join(", ");
  return stored === null
    ? `A customer of this app is subscribed to what is not in the catalog (${prices}): their plan is not affected.`
    : `The subscription was moved to what is not in the catalog (${prices}): it gives no plan until it is moved back.`;
}

function describeOrphan({ claim }: DifferenceFacts): string {
  const { customerId = null, linkedTo = null } = claim ?? {};
  if (customerId === null) {
    return "The provider's customer is linked to nobody, and nothing tells whose it is: give it our metadata, or tell it by `identifyCustomer`.";
  }
  return linkedTo === null
    ? `The provider's customer is linked to nobody; it says that it is ${customerId}.`
    : `The provider's customer is linked to nobody; it says that it is ${customerId}, who is linked to ${linkedTo} already: find out which one is right.`;
}
