import type { HistoryEntry } from "../../language/history.js";
import type { Subscription } from "../../language/subscription.js";
import { buildSubscription } from "./build-subscription.js";

/**
 * What the history keeps of a subscription that began with 29.00 a month; override what matters.
 *
 * @example
 * buildHistoryEntry(buildSubscription(), { delta: 0, mrr: 0, status: "trialing", trial: "began" });
 */
export function buildHistoryEntry(
  subscription: Subscription = buildSubscription(),
  overrides: Partial<HistoryEntry> = {},
): HistoryEntry {
  const { customerId, provider, id, asOf, currency, status } = subscription;
  return {
    ...{ kind: "subscription", customerId, provider, subjectId: id, subscriptionId: id },
    ...{
      occurredAt: asOf,
      appliedAt: asOf,
      cause: { kind: "event", id: "evt_1", type: "subscription.updated" },
    },
    ...{
      currency,
      status,
      changed: [],
      mrr: 43_848_000,
      delta: 43_848_000,
      amount: null,
      ending: null,
      trial: null,
    },
    ...{ factId: null, subscription, product: null },
    ...overrides,
  };
}

/**
 * What it keeps of a payment of 29.00 that went through; override what matters.
 *
 * @example
 * buildPaymentEntry({ status: "failed" });
 */
export function buildPaymentEntry(overrides: Partial<HistoryEntry> = {}): HistoryEntry {
  const none = { mrr: 0, delta: 0, subscription: null };
  const fact = {
    kind: "payment",
    subjectId: "in_1",
    status: "succeeded",
    amount: 2900,
    factId: "in_1:payment.succeeded",
  };
  return buildHistoryEntry(buildSubscription(), {
    ...none,
    ...(fact as Partial<HistoryEntry>),
    ...overrides,
  });
}
