import type { Arrears, FoundSubscription, ProviderCustomer } from "@tollgate/core";
import type Stripe from "stripe";
import { metadataKeys, readMetadata, readStamp } from "../language/names.js";
import type { StripeView } from "../language/stripe-view.js";
import { toIsoTime } from "../language/to-iso-time.js";
import { normalizeSubscription } from "./normalize-subscription.js";

/** A subscription whose customer was expanded, ours or not. */
export function toFoundSubscription(
  subscription: Stripe.Subscription,
  view: StripeView,
  arrears: Arrears | null = null,
): FoundSubscription {
  const { id, created, ended_at, items, status } = subscription;
  const ended = status === "canceled" || status === "incomplete_expired";
  return {
    id,
    customer: toCustomer(subscription.customer),
    stamp: readStamp(subscription.metadata),
    state: normalizeSubscription(subscription, view, arrears),
    createdAt: toIsoTime(created),
    // Stripe leaves it empty for one whose first payment never arrived.
    endedAt: ended ? toIsoTime(ended_at ?? subscription.canceled_at ?? created) : null,
    priceIds: items.data.map(({ price }) => price.id),
  };
}

/** A customer with everything that helps to tell whose it is. */
export function toCustomer(customer: Stripe.Subscription["customer"]): ProviderCustomer {
  if (typeof customer === "string") return { ...nobody, providerCustomerId: customer };
  const { id: providerCustomerId } = customer;
  if (customer.deleted) return { ...nobody, providerCustomerId, deleted: true };
  const { email, name = null, metadata } = customer;
  return {
    providerCustomerId,
    customerId: readMetadata(metadata, metadataKeys.customer),
    stamp: readStamp(metadata),
    email,
    name,
    // `__proto__` is a key like any other here.
    metadata: Object.assign(Object.create(null), metadata),
    deleted: false,
  };
}

const nobody = {
  customerId: null,
  stamp: readStamp(null),
  email: null,
  name: null,
  metadata: {},
  deleted: false,
} as const;
