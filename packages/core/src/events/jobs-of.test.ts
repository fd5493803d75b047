import { expect, it } from "vitest";
import type { PaymentEvent } from "../language/billing-event.js";
import type { Subscription, SubscriptionStatus } from "../language/subscription.js";
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
  const jobs = jobsOf(before, after).filter(({ type }) => type !== "settle_seats");
  expect(jobs).toEqual(looks ? [job] : []);
});

it.each<[string, Partial<Subscription> | null, Partial<Subscription>, boolean]>([
  ["it begins", null, {}, false],
  ["nothing changes", {}, {}, false],
  ["it is renewed", { currentPeriod: null }, {}, false],
  ["it has another quantity", { quantity: 5 }, { quantity: 6 }, true],
  ["it has another plan", { planId: "pro" }, { planId: "team" }, true],
  ["it is paid again", { status: "past_due" }, {}, true],
  ["it is past due", {}, { status: "past_due" }, false],
  ["it is resumed", { pause: { kind: "full", resumesAt: null } }, {}, true],
  ["it no longer ends", { cancelAt: "2026-04-01T00:00:00.000Z" }, {}, true],
  ["it has ended", { quantity: 5 }, { status: "ended" }, false],
])("when %s, looks whether what is billed follows the members: %s", (_, from, to, looks) => {
  const before = from && buildSubscription(from);
  const jobs = jobsOf(before, buildSubscription(to)).filter(({ type }) => type === "settle_seats");
  expect(jobs).toEqual(looks ? [{ type: "settle_seats", customerId: "org_1" }] : []);
});

it("looks for a second one when a trial that had ended paused is paid for after all", () => {
  const pause = { kind: "full", resumesAt: null, reason: "trial_ended" } as const;
  const left = buildSubscription({ status: "paused", pause });
  expect(jobsOf(buildSubscription({ status: "trialing" }), left)).toEqual([]);
  expect(jobsOf(left, buildSubscription({ status: "active" })).map(({ type }) => type)).toContain(
    "settle_duplicate",
  );
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
