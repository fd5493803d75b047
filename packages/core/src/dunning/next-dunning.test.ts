import { expect, it } from "vitest";
import type { Dunning, FailedPayment, ProviderSubscription, Subscription } from "../language/subscription.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { dunningFacts } from "./dunning-facts.js";
import { nextDunning } from "./next-dunning.js";

const [early, now] = ["2026-03-05T10:00:00.000Z", "2026-03-08T10:00:00.000Z"];
const failed: FailedPayment = {
  invoiceId: "in_1",
  amount: 2900,
  currency: "usd",
  attempts: 1,
  nextAttemptAt: null,
};
const dunning: Dunning = { ...failed, since: early, attemptedAt: early, noticed: 0 };

type Before = Pick<Subscription, "dunning" | "pastDueSince">;
type After = Pick<ProviderSubscription, "status" | "arrears">;

const told = { dunning, pastDueSince: early };
const pastDue = (one: FailedPayment | null): After => ({
  status: "past_due",
  arrears: { paidPeriod: null, failed: one },
});

it.each<[string, Before | null, After, Dunning | null]>([
  ["begins when it fails", null, pastDue(failed), { ...failed, since: now, attemptedAt: now, noticed: null }],
  [
    "counts from when it was past due, where what failed was not stored",
    { dunning: null, pastDueSince: early },
    pastDue(failed),
    { ...failed, since: early, attemptedAt: now, noticed: null },
  ],
  [
    "goes on with the next attempt",
    told,
    pastDue({ ...failed, attempts: 2 }),
    { ...dunning, attempts: 2, attemptedAt: now },
  ],
  [
    "begins anew with another invoice",
    told,
    pastDue({ ...failed, invoiceId: "in_2" }),
    { ...failed, invoiceId: "in_2", since: now, attemptedAt: now, noticed: null },
  ],
  ["stays where the provider doesn't say", told, pastDue(null), dunning],
  [
    "is none where the provider never says",
    null,
    { status: "past_due", arrears: { paidPeriod: null } },
    null,
  ],
  ["is kept while it is unpaid", told, { status: "unpaid", arrears: null }, dunning],
  ["ends when it is paid", told, { status: "active", arrears: null }, null],
  ["ends with the subscription", told, { status: "ended", arrears: null }, null],
])("what is told of %s", (_name, before, after, expected) => {
  expect(nextDunning(before, after, now)).toEqual(expected);
});

const at = { asOf: now };
const ended = { status: "ended", endedAt: now, dunning: null, ...at } as const;
const planned = { ...dunning, nextAttemptAt: "2026-03-12T10:00:00.000Z" };

it.each<[string, Partial<Subscription> | null, Partial<Subscription>, object[]]>([
  ["nothing had failed", { status: "active", dunning: null }, { status: "active", ...at }, []],
  ["nothing was known", null, { status: "active", ...at }, []],
  ["it still fails", {}, { status: "past_due", dunning, ...at }, []],
  [
    "it is paid",
    {},
    { status: "active", ...at },
    [{ type: "payment.recovered", data: { recoveredAt: now } }],
  ],
  [
    "it is paid after the provider gave up",
    { status: "unpaid" },
    { status: "active", ...at },
    [{ type: "payment.recovered" }],
  ],
  ["the provider gave up", {}, { status: "unpaid", dunning, ...at }, [{ data: { outcome: "unpaid" } }]],
  ["the provider paused it", {}, { status: "paused", ...at }, [{ data: { outcome: "paused" } }]],
  ["the provider ended it", {}, ended, [{ type: "dunning.ended", data: { outcome: "ended", endedAt: now } }]],
  ["an attempt was still planned", { dunning: planned }, ended, [{ data: { outcome: "cancelled" } }]],
  ["the customer had cancelled", { cancelAt: now }, ended, [{ data: { outcome: "cancelled" } }]],
  ["it was told when it became unpaid", { status: "unpaid" }, ended, []],
])("tells what became of it: %s", (_name, before, after, expected) => {
  const known = before && buildSubscription({ status: "past_due", dunning, ...before });
  expect(dunningFacts(known, buildSubscription(after))).toMatchObject(expected);
});
