import type { SubscriptionEvent } from "../../language/billing-event.js";
import type { Callback } from "../../language/callback.js";
import type { CheckoutRecord } from "../../language/checkout-record.js";
import type { Consent } from "../../language/consent.js";
import type { Job } from "../../language/job.js";
import type { Purchase } from "../../language/purchase.js";
import type { Subscription } from "../../language/subscription.js";
import type { EventHead, EventRecord, Settlement } from "../../ports/store/events.js";
import { buildProviderSubscription, buildSubscription } from "./build-subscription.js";

/** Three packs of credits that were bought once; override what matters. */
export function buildPurchase(overrides: Partial<Purchase> = {}): Purchase {
  return {
    provider: "stripe",
    checkoutId: "cs_1",
    customerId: "org_1",
    productId: "credits",
    quantity: 3,
    amount: 3000,
    currency: "usd",
    purchasedAt: "2026-01-01T10:00:00.000Z",
    ...overrides,
  };
}

export function buildConsent(overrides: Partial<Consent> = {}): Consent {
  return {
    provider: "stripe",
    checkoutId: "cs_1",
    customerId: "org_1",
    subscriptionId: null,
    terms: true,
    promotions: null,
    agreedAt: "2026-01-01T10:00:00.000Z",
    ...overrides,
  };
}

/** A `subscription.updated` that carries `state`. */
export function buildSubscriptionEvent(overrides: Partial<SubscriptionEvent> = {}): SubscriptionEvent {
  return {
    id: "evt_1",
    provider: "stripe",
    type: "subscription.updated",
    occurredAt: "2026-03-01T00:00:00.000Z",
    providerCustomerId: "cus_1",
    subscriptionId: "sub_1",
    state: buildProviderSubscription(),
    ...overrides,
  };
}

/** An open checkout of customer `org_1` for a plan of the main group. */
export function buildCheckout(overrides: Partial<CheckoutRecord> = {}): CheckoutRecord {
  return {
    id: "cs_1",
    provider: "stripe",
    customerId: "org_1",
    slot: "plan:main",
    fingerprint: "pro/month/usd/1",
    status: "open",
    url: "https://checkout.example.com/cs_1",
    expiresAt: "2026-03-02T00:00:00.000Z",
    createdAt: "2026-03-01T00:00:00.000Z",
    trialDays: 0,
    ...overrides,
  };
}

/** What the inbox keeps of a `subscription.updated` for good. */
export function buildEventHead(overrides: Partial<EventHead> = {}): EventHead {
  return {
    id: "evt_1",
    provider: "stripe",
    type: "subscription.updated",
    occurredAt: "2026-03-01T00:00:00.000Z",
    receivedAt: "2026-03-01T00:00:01.000Z",
    providerCustomerId: "cus_1",
    subscriptionId: "sub_1",
    ...overrides,
  };
}

/** The record of an event that was applied at once. */
export function buildEventRecord(overrides: Partial<EventRecord> = {}): EventRecord {
  return {
    ...buildEventHead(overrides),
    state: "applied",
    attempts: 0,
    reason: null,
    nextAttemptAt: null,
    event: null,
    ...overrides,
  };
}

/** An event that is applied and saves nothing. */
export function buildSettlement(overrides: Partial<Settlement> = {}): Settlement {
  return {
    head: buildEventHead(),
    state: "applied",
    reason: null,
    save: null,
    callbacks: [],
    jobs: [],
    ...overrides,
  };
}

/** A `subscription.activated` that waits in the outbox. */
export function buildCallback(id: string, subscription: Subscription = buildSubscription()): Callback {
  const { customerId, planId } = subscription;
  return {
    id,
    type: "subscription.activated",
    data: { customerId, planId, subscription, previous: null },
  };
}

/** A job that no store can keep: whatever it is a part of fails on the way. */
export function buildBrokenJob(message: string): Job {
  const job: Job = { type: "prune" };
  return Object.defineProperty(job, "broken", {
    enumerable: true,
    get() {
      throw new Error(message);
    },
  });
}
