import { definePlans } from "../../catalog/define-plans.js";
import type { SubscriptionEvent } from "../../language/billing-event.js";
import type { Callback } from "../../language/callback.js";
import type { CheckoutRecord } from "../../language/checkout-record.js";
import type { Job } from "../../language/job.js";
import type { Purchase } from "../../language/purchase.js";
import {
  type ProviderSubscription,
  plainSubscription,
  type Subscription,
  type SubscriptionItem,
} from "../../language/subscription.js";
import type { EventHead, EventRecord, Settlement } from "../../ports/store/events.js";

/**
 * A small catalog with one of everything: a free, a trial, a per-seat and a by-hand plan, an add-on
 * group, each type of feature and a product. Amounts are in minor units.
 */
export function buildCatalog() {
  return definePlans({
    features: {
      export: { type: "switch", name: "CSV export" },
      projects: { type: "limit", name: "Projects" },
      messages: { type: "metered", name: "Messages", reset: "period" },
      support: { type: "switch", name: "Priority support" },
    },
    plans: {
      free: { name: "Free", includes: { projects: 3, messages: 100 } },
      starter: {
        name: "Starter",
        prices: { month: { usd: 900, eur: 800 } },
        includes: { projects: 10, messages: 1000 },
      },
      pro: {
        name: "Pro",
        trialDays: 14,
        featured: true,
        prices: { month: { usd: 2900, eur: 2700 }, year: { usd: 29_000, eur: 27_000 } },
        includes: { export: true, projects: 50, messages: 10_000 },
      },
      team: {
        name: "Team",
        prices: { month: { perSeat: { usd: 1500, eur: 1400 }, minimum: 2, maximum: 100 } },
        includes: { export: true, projects: "unlimited", messages: "unlimited" },
      },
      enterprise: {
        name: "Enterprise",
        contactUrl: "mailto:sales@example.com",
        includes: { export: true, projects: "unlimited", messages: "unlimited", support: true },
      },
      care: {
        name: "Care",
        group: "support",
        prices: { month: { usd: 500 } },
        includes: { support: true },
      },
    },
    products: { credits: { name: "Credits", price: { usd: 1000, eur: 900 } } },
  });
}

/** The type of `buildCatalog`'s catalog. */
export type ExampleCatalog = ReturnType<typeof buildCatalog>;

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

/** A subscription to `pro` by the month in good standing, as a provider reports it; override what matters. */
export function buildProviderSubscription(
  overrides: Partial<ProviderSubscription> = {},
): ProviderSubscription {
  const { planId = "pro", group = "main", interval = "month", quantity = 1 } = overrides;
  const march = { start: "2026-03-01T00:00:00.000Z", end: "2026-04-01T00:00:00.000Z" };
  const { currentPeriod = march } = overrides;
  const line = { planId, group, interval, quantity, currentPeriod };
  const { pastDueSince, countedFrom, ...plain } = plainSubscription;
  return {
    ...plain,
    id: "sub_1",
    provider: "stripe",
    providerCustomerId: "cus_1",
    planId,
    group,
    interval,
    currency: "usd",
    status: "active",
    quantity,
    items: [{ id: "si_1", priceId: "price_1", unitAmount: 2900, ...line }],
    currentPeriod,
    startedAt: "2026-03-01T00:00:00.000Z",
    origin: "checkout",
    ...overrides,
  };
}

/**
 * The same, as the store keeps it, for customer `org_1`.
 *
 * @example
 * buildSubscription({ status: "past_due", pastDueSince: "2026-03-05T00:00:00.000Z" });
 */
export function buildSubscription(overrides: Partial<Subscription> = {}): Subscription {
  return {
    ...plainSubscription,
    customerId: "org_1",
    asOf: "2026-03-01T00:00:00.000Z",
    ...buildProviderSubscription(overrides),
    ...overrides,
  };
}

/** A second line of a subscription: the plan `care` of the group `support`; override what matters. */
export function buildCareItem(overrides: Partial<SubscriptionItem> = {}): SubscriptionItem {
  return {
    id: "si_2",
    priceId: "price_2",
    planId: "care",
    group: "support",
    interval: "month",
    quantity: 1,
    unitAmount: 500,
    currentPeriod: { start: "2026-03-01T00:00:00.000Z", end: "2026-04-01T00:00:00.000Z" },
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
