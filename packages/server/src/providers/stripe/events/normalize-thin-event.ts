import { BillingError, type BillingEvent, type CustomerEvent, type SubscriptionEvent } from "@tollgate/core";
import { defaultView, type StripeView } from "../language/stripe-view.js";
import { isTime, toIsoTime } from "../language/to-iso-time.js";
import { orUnreadable } from "./or-unreadable.js";
import type { EventHead, ThinEvent } from "./parse-event.js";

const deleted = "v1.customer.deleted";
const prefix = "v1.customer.subscription.";

/** Those that mean more than a change; every other one of a subscription is a change of its state. */
const types: Readonly<Record<string, SubscriptionEvent["type"]>> = {
  created: "subscription.created",
  paused: "subscription.paused",
  resumed: "subscription.resumed",
  deleted: "subscription.ended",
  trial_will_end: "trial.ending",
};

/**
 * A verified thin event (https://docs.stripe.com/event-destinations#thin-events) in our words: it says what changed but
 * not how, so a subscription has to be read again. `null` when its type means nothing to us.
 */
export function normalizeThinEvent(
  event: ThinEvent,
  { provider }: StripeView = defaultView,
): BillingEvent | null {
  if (event.type !== deleted && !event.type.startsWith(prefix)) return null;
  const seconds = secondsOf(event);
  const head: EventHead = { id: event.id, provider, occurredAt: toIsoTime(seconds ?? 0) };
  return orUnreadable(head, { type: event.type, providerCustomerId: null }, () => {
    if (seconds === null) throw new BillingError("invalid_event", "The event says not when it happened.");
    return normalize(head, event);
  });
}

/** @throws BillingError `invalid_event` when it lacks what every thin event of its type has */
function normalize(head: EventHead, event: ThinEvent): SubscriptionEvent | CustomerEvent {
  const { type } = event;
  if (type === deleted) {
    return { ...head, type: "customer.deleted", providerCustomerId: relatedId(event) };
  }
  const change = type.slice(prefix.length);
  return {
    ...head,
    type: Object.hasOwn(types, change) ? (types[change] ?? "subscription.updated") : "subscription.updated",
    subscriptionId: relatedId(event),
    providerCustomerId: null,
    state: "unreadable",
  };
}

/** Its time has milliseconds; the order of states is kept in whole seconds, as in all other events. */
function secondsOf({ created }: ThinEvent): number | null {
  const time = typeof created === "string" ? Math.floor(Date.parse(created) / 1000) : Number.NaN;
  return isTime(time) ? time : null;
}

function relatedId({ related_object }: ThinEvent): string {
  const related = related_object;
  if (typeof related === "object" && related !== null && "id" in related && typeof related.id === "string") {
    return related.id;
  }
  throw new BillingError("invalid_event", "The event says not what it is about.");
}
