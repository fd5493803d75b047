import {
  BillingError,
  type BillingEvent,
  type CustomerEvent,
  firstStamp,
  type OwnerStamp,
  type ProfileEvent,
  type RenewalEvent,
  type SubscriptionEvent,
} from "@tollgate/core";
import Stripe from "stripe";
import { readStamp } from "../language/names.js";
import { readId } from "../language/read-id.js";
import { defaultView, type StripeView } from "../language/stripe-view.js";
import { isTime, toIsoTime } from "../language/to-iso-time.js";
import { normalizeSubscription } from "../subscriptions/normalize-subscription.js";
import { disputeEventTypes, normalizeDispute } from "./normalize-dispute.js";
import { normalizeInvoice } from "./normalize-invoice.js";
import { normalizeRefund } from "./normalize-refund.js";
import { normalizeSession } from "./normalize-session.js";
import { orUnreadable } from "./or-unreadable.js";
import type { EventHead, StripeEvent, StripeObject } from "./parse-event.js";

const subscriptionTypes: Readonly<Record<string, SubscriptionEvent["type"]>> = {
  "customer.subscription.created": "subscription.created",
  "customer.subscription.updated": "subscription.updated",
  "customer.subscription.pending_update_applied": "subscription.updated",
  "customer.subscription.pending_update_expired": "subscription.updated",
  "customer.subscription.paused": "subscription.paused",
  "customer.subscription.resumed": "subscription.resumed",
  "customer.subscription.deleted": "subscription.ended",
  "customer.subscription.trial_will_end": "trial.ending",
};

/** A verified event in our words; `null` when its type means nothing to us. */
export function normalizeEvent(event: StripeEvent, view: StripeView = defaultView): BillingEvent | null {
  const isDated = isTime(event.created);
  const occurredAt = toIsoTime(isDated ? event.created : 0);
  const head: EventHead = { id: event.id, provider: view.provider, occurredAt };
  const providerCustomerId = readId(event.data.object.customer);
  const about = { type: event.type, providerCustomerId };
  const neutral = orUnreadable(head, about, () => {
    if (!isDated) throw new BillingError("invalid_event", "It has a time that is in no calendar.");
    return normalize(head, event, view);
  });
  const stamp = stampOf(event.data.object);
  return neutral === null || stamp === null ? neutral : { ...neutral, stamp };
}

/** An invoice has its subscription's metadata of the time when it was made. */
function stampOf(object: StripeObject): OwnerStamp | null {
  const { metadata, parent } = object as Partial<Stripe.Invoice>;
  return firstStamp(readStamp(metadata), readStamp(parent?.subscription_details?.metadata));
}

/** @throws BillingError `invalid_event` when the object lacks what every version of it has */
function normalize(head: EventHead, event: StripeEvent, view: StripeView): BillingEvent | null {
  const { type } = event;
  const { object } = event.data;
  if (Object.hasOwn(subscriptionTypes, type)) {
    return toSubscriptionEvent(head, subscriptionTypes[type] ?? "subscription.updated", event, view);
  }
  if (disputeEventTypes.includes(type)) return normalizeDispute(head, event);
  if (type.startsWith("refund.")) return normalizeRefund(head, event);
  if (type === "customer.deleted") return toCustomerEvent(head, type, object);
  // Most updates are about money or cards.
  if (type === "customer.updated") return isOfProfile(event) ? toCustomerEvent(head, type, object) : null;
  if (type.startsWith("subscription_schedule.")) return toScheduleEvent(head, object);
  if (type.startsWith("checkout.session.")) return normalizeSession(head, type, object);
  if (type === "invoice.upcoming") return toRenewalEvent(head, object);
  if (type.startsWith("invoice.")) return normalizeInvoice(head, type, object, view);
  return null;
}

function toSubscriptionEvent(
  head: EventHead,
  type: SubscriptionEvent["type"],
  { api_version, data: { object } }: StripeEvent,
  view: StripeView,
): SubscriptionEvent {
  const subscriptionId = readId(object.id);
  const providerCustomerId = readId(object.customer);
  if (subscriptionId === null) throw new BillingError("invalid_event", "The event's subscription has no id.");
  const state = readState(object, api_version, view);
  return { ...head, type, subscriptionId, providerCustomerId, state };
}

/** The shape of an object follows the version that the webhook endpoint was created with. */
function readState(
  object: StripeObject,
  version: string | null,
  view: StripeView,
): SubscriptionEvent["state"] {
  if (version !== Stripe.API_VERSION) return "unreadable";
  try {
    return normalizeSubscription(object as unknown as Stripe.Subscription, view);
  } catch {
    // It lacks what its version should have: the provider is asked for its current state.
    return "unreadable";
  }
}

/** A preview, which has no id of its own; one of no subscription says nothing about a renewal. */
function toRenewalEvent(head: EventHead, object: StripeObject): RenewalEvent | null {
  const { parent } = object as Partial<Stripe.Invoice>;
  const subscriptionId = readId(parent?.subscription_details?.subscription) ?? readId(object.subscription);
  if (subscriptionId === null) return null;
  return { ...head, type: "renewal.upcoming", subscriptionId, providerCustomerId: readId(object.customer) };
}

function toCustomerEvent<T extends (CustomerEvent | ProfileEvent)["type"]>(
  head: EventHead,
  type: T,
  object: StripeObject,
) {
  const providerCustomerId = readId(object.id);
  if (providerCustomerId === null) throw new BillingError("invalid_event", "The event's customer has no id.");
  return { ...head, type, providerCustomerId };
}

/** @see https://docs.stripe.com/api/events/object#event_object-data-previous_attributes */
function isOfProfile({ data }: StripeEvent): boolean {
  const before = data.previous_attributes;
  if (typeof before !== "object" || before === null) return true;
  return "email" in before || "name" in before;
}

/** What is planned for a subscription is only in its schedule, so it has to be read again. */
function toScheduleEvent(head: EventHead, object: StripeObject): SubscriptionEvent | null {
  const subscriptionId = readId(object.subscription) ?? readId(object.released_subscription);
  if (subscriptionId === null) return null;
  const providerCustomerId = readId(object.customer);
  return { ...head, type: "subscription.updated", subscriptionId, providerCustomerId, state: "unreadable" };
}
