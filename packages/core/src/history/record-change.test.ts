import { expect, it } from "vitest";
import type { Subscription } from "../language/subscription.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { recordChange } from "./record-change.js";

const at = "2026-03-10T12:00:00.000Z";
const cause = { kind: "event", id: "evt_1", type: "subscription.updated" } as const;
const month = 2_900 * 15_120;
const active = buildSubscription();
const change = (before: Subscription | null, fields: Partial<Subscription>) =>
  recordChange({ before, after: { ...(before ?? active), ...fields }, cause, at });

it("is what was stored, by whom, when, and what it changes in a month", () => {
  const after = { ...active, asOf: "2026-03-09T00:00:00.000Z", quantity: 1 };
  expect(recordChange({ before: null, after, cause, at })).toEqual({
    ...{
      kind: "subscription",
      customerId: "org_1",
      provider: "stripe",
      subjectId: "sub_1",
      subscriptionId: "sub_1",
    },
    ...{ occurredAt: active.startedAt, appliedAt: at, cause, currency: "usd", status: "active", changed: [] },
    ...{ mrr: month, delta: month, amount: null, ending: null, trial: null, factId: null, product: null },
    subscription: after,
  });
});

it("is nothing where nothing changed but the time of what is known, or whom we told what", () => {
  expect(change(active, { asOf: "2026-03-09T00:00:00.000Z" })).toBeNull();
  expect(change(active, { expiringTold: "pm_1" })).toBeNull();
  const crossed: Subscription = JSON.parse(JSON.stringify({ ...active, discounts: undefined }));
  const turned = Object.fromEntries(Object.entries(crossed).reverse()) as unknown as Subscription;
  expect(recordChange({ before: active, after: turned, cause, at })).toBeNull();
  expect(change(active, { quantity: 2 })).not.toBeNull();
  expect(change(active, { countedFrom: { [at]: at } })).not.toBeNull();
});

it("takes 49.00 away once for one that is cancelled, resumed, cancelled again and ended", () => {
  const states: readonly Partial<Subscription>[] = [
    {},
    { cancelAt: "2026-04-01T00:00:00.000Z" },
    { cancelAt: null },
    { cancelAt: "2026-04-01T00:00:00.000Z" },
    { cancelAt: null, status: "ended", endedAt: "2026-04-01T00:00:00.000Z" },
  ];
  let before: Subscription | null = null;
  const deltas: (number | undefined)[] = [];
  for (const state of states) {
    const after: Subscription = { ...active, ...state };
    const entry = recordChange({ before, after, cause, at });
    deltas.push(entry?.delta);
    if (state.status === "ended") expect(entry).toMatchObject({ ending: "voluntary", mrr: 0 });
    before = after;
  }
  expect(deltas).toEqual([month, 0, 0, 0, -month]);
});

it.each<[string, Partial<Subscription>, Partial<Subscription>, string | null]>([
  ["given up by the provider", { status: "past_due" }, { status: "ended" }, "involuntary"],
  ["left unpaid", { status: "past_due" }, { status: "unpaid" }, "involuntary"],
  [
    "cancelled by the customer, overdue",
    { status: "past_due", cancelAt: at },
    { status: "ended" },
    "voluntary",
  ],
  ["paused", {}, { status: "paused", pause: { kind: "full", resumesAt: null } }, "voluntary"],
  [
    "paused for want of money",
    {},
    { status: "paused", pause: { kind: "full", resumesAt: null, reason: "failed" } },
    "involuntary",
  ],
  ["ended in its trial", { status: "trialing" }, { status: "ended" }, null],
])("says why revenue ended: %s", (_name, before, after, ending) => {
  expect(change({ ...active, ...before }, { ...after, cancelAt: null })?.ending).toBe(ending);
});

it("says what became of a trial, and takes a free month of somebody who pays for none", () => {
  const trial: Subscription = { ...active, status: "trialing" };
  expect(recordChange({ before: null, after: trial, cause, at })).toMatchObject({ trial: "began", delta: 0 });
  expect(change(trial, { status: "active" })).toMatchObject({ trial: "converted", delta: month });
  expect(change(trial, { status: "past_due" })).toMatchObject({ trial: "converted" });
  expect(change(trial, { status: "ended" })).toMatchObject({ trial: "lost", delta: 0 });
  expect(change(trial, { quantity: 2 })).toMatchObject({ trial: null });
  expect(change(active, { status: "trialing", givenTrial: true })).toMatchObject({ trial: null, delta: 0 });
});
