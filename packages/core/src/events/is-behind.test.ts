import { expect, it } from "vitest";
import type { CheckoutEvent, PaymentEvent } from "../language/billing-event.js";
import type { Subscription } from "../language/subscription.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { isBehind } from "./is-behind.js";

type Fact = (PaymentEvent | CheckoutEvent)["type"];
const before = "2026-03-01T00:00:00.000Z";
const now = "2026-03-20T00:00:00.000Z";
const after = "2026-04-01T00:00:00.000Z";

it.each<[Fact, Partial<Subscription> | null, boolean]>([
  ["payment.succeeded", null, true],
  ["payment.failed", null, true],
  ["payment.action_required", null, true],
  ["checkout.completed", null, true],
  ["checkout.failed", null, true],
  ["checkout.expired", null, false],
  ["payment.succeeded", {}, false],
  ["payment.succeeded", { status: "trialing" }, true],
  ["payment.succeeded", { status: "incomplete" }, true],
  ["payment.succeeded", { status: "past_due" }, true],
  ["payment.succeeded", { status: "unpaid" }, true],
  ["payment.succeeded", { status: "paused" }, true],
  ["payment.succeeded", { status: "ended" }, false],
  ["payment.failed", {}, true],
  ["payment.failed", { status: "trialing" }, true],
  // Which invoice failed, and how often, is not stored yet.
  ["payment.failed", { status: "past_due" }, true],
  ["payment.failed", { status: "ended" }, false],
  ["payment.action_required", {}, false],
  ["checkout.completed", {}, false],
  ["checkout.completed", { status: "incomplete" }, true],
  ["checkout.failed", {}, true],
  ["checkout.failed", { status: "past_due" }, false],
  ["checkout.expired", { status: "incomplete" }, false],
])("after %s, what is stored (%j) is behind: %s", (type, stored, behind) => {
  const current = stored && buildSubscription({ asOf: before, ...stored });
  expect(isBehind({ type, occurredAt: now }, current)).toBe(behind);
});

it.each<[string, boolean]>([
  ["2026-03-31T23:59:59.000Z", false],
  [after, true],
  ["2026-04-01T01:00:00.000Z", true],
])("a payment at %s, of a period that is known until April, renews it: %s", (occurredAt, behind) => {
  const current = buildSubscription({ asOf: before });
  expect(isBehind({ type: "payment.succeeded", occurredAt }, current)).toBe(behind);
});

it.each<[Fact, Partial<Subscription> | null, boolean]>([
  ["payment.succeeded", {}, true],
  ["payment.failed", { status: "past_due" }, true],
  ["payment.action_required", {}, true],
  ["checkout.completed", {}, true],
  ["checkout.expired", {}, false],
  ["payment.succeeded", { status: "ended" }, false],
  ["payment.succeeded", null, true],
])("after %s of a provider that tells no time, what is stored (%j) is behind: %s", (type, stored, behind) => {
  // Later than the event by the clock, which says nothing here.
  const current = stored && buildSubscription({ asOf: after, ...stored });
  expect(isBehind({ type, occurredAt: now }, current, "none")).toBe(behind);
});

it("a payment in the same second as what is stored, or before it, says nothing more", () => {
  for (const asOf of [now, after]) {
    const current = buildSubscription({ status: "unpaid", asOf });
    expect(isBehind({ type: "payment.succeeded", occurredAt: now }, current)).toBe(false);
  }
});

it("a payment in the same second as what is stored may be a partial one, while that is past due", () => {
  const paid = { type: "payment.succeeded", occurredAt: now } as const;
  expect(isBehind(paid, buildSubscription({ status: "past_due", asOf: now }))).toBe(true);
  expect(isBehind(paid, buildSubscription({ status: "past_due", asOf: after }))).toBe(false);
});

it.each([
  ["the attempt that is known", { invoiceId: "in_1", attempt: 2 }, false],
  ["another attempt", { invoiceId: "in_1", attempt: 3 }, true],
  ["another invoice", { invoiceId: "in_2", attempt: 2 }, true],
])("while it is past due, what is stored is behind after %s: %s", (_name, fact, behind) => {
  const failed = { invoiceId: "in_1", amount: 2900, currency: "usd", attempts: 2, nextAttemptAt: null };
  const dunning = { ...failed, since: before, attemptedAt: before, noticed: 0 };
  const current = buildSubscription({ status: "past_due", asOf: before, pastDueSince: before, dunning });
  expect(isBehind({ type: "payment.failed", occurredAt: now, ...fact }, current)).toBe(behind);
});
