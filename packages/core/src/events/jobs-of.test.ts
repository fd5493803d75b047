import { expect, it } from "vitest";
import type { PaymentEvent } from "../language/billing-event.js";
import type { SubscriptionStatus } from "../language/subscription.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { jobsOf, jobsOfPayment } from "./jobs-of.js";

it.each<[SubscriptionStatus | null, SubscriptionStatus, boolean]>([
  [null, "active", true],
  [null, "trialing", true],
  [null, "past_due", true],
  [null, "incomplete", false],
  [null, "ended", false],
  ["incomplete", "active", true],
  ["incomplete", "ended", false],
  ["active", "active", false],
  ["active", "past_due", false],
  ["paused", "active", false],
  ["active", "ended", false],
])("when %s becomes %s, looks for a second one of the group: %s", (from, to, looks) => {
  const before = from === null ? null : buildSubscription({ status: from });
  const after = buildSubscription({ status: to, group: "support" });
  const job = { type: "settle_duplicate", customerId: "org_1", provider: "stripe", group: "support" };
  expect(jobsOf(before, after)).toEqual(looks ? [job] : []);
});

it("looks for a second one when a trial that had ended paused is paid for after all", () => {
  const pause = { kind: "full", resumesAt: null, reason: "trial_ended" } as const;
  const left = buildSubscription({ status: "paused", pause });
  expect(jobsOf(buildSubscription({ status: "trialing" }), left)).toEqual([]);
  expect(jobsOf(left, buildSubscription({ status: "active" }))).toHaveLength(1);
});

it.each<[PaymentEvent["type"], SubscriptionStatus | null, boolean]>([
  ["payment.succeeded", "ended", true],
  ["payment.succeeded", "active", false],
  ["payment.succeeded", "past_due", false],
  ["payment.succeeded", null, false],
  ["payment.failed", "ended", false],
])("after %s for one that is %s, checks whether it was the second of two: %s", (type, status, looks) => {
  const current = status === null ? null : buildSubscription({ status });
  const head = { id: "evt_1", provider: "stripe", occurredAt: "2026-03-01T00:00:00.000Z" };
  const payment = { ...head, type, providerCustomerId: "cus_1", subscriptionId: "sub_1", invoiceId: "in_1" };
  const { customerId, provider, group } = buildSubscription();
  const job = { type: "settle_duplicate", customerId, provider, group, paidId: "sub_1" };
  expect(
    jobsOfPayment({ ...payment, attempt: 1, isOfCatalog: false, amount: 900, currency: "usd" }, current),
  ).toEqual(looks ? [job] : []);
});
