import { describe, expect, it } from "vitest";
import type { Subscription, SubscriptionStatus } from "../language/subscription.js";
import { buildCareItem, buildSubscription } from "../testing/building/build-subscription.js";
import { callbacksOf } from "./callbacks-of.js";

const { items } = buildSubscription();
const both = [...items, buildCareItem()];
const setup = buildCareItem({ planId: null, group: null, interval: null });
const cancelAt = "2026-04-01T00:00:00.000Z";
const collection = { kind: "collection", resumesAt: null } as const;

function typesOf(before: Partial<Subscription> | null, after: Partial<Subscription>, trialEnding = false) {
  const callbacks = callbacksOf({
    before: before && buildSubscription(before),
    after: buildSubscription(after),
    revision: "1",
    trialEnding,
  });
  return callbacks.map(({ type }) => type.replace("subscription.", ""));
}

describe("callbacksOf", () => {
  it("tells the app nothing about a field that a record of another release lacks", () => {
    const { interval: _, cancelAt: __, ...before } = buildSubscription();
    const input = { before: before as Subscription, after: buildSubscription(), trialEnding: false };
    expect(callbacksOf({ ...input, revision: "1" })).toEqual([]);
  });

  const statuses = ["incomplete", "trialing", "active", "past_due", "unpaid", "paused", "ended"] as const;
  // Rows: the status before; columns: the status after, in the order above. `-` means nothing to tell.
  const table = {
    none: ["-", "activated", "activated", "past_due", "past_due", "paused", "-"],
    incomplete: ["-", "activated", "activated", "past_due", "past_due", "paused", "-"],
    trialing: ["-", "-", "-", "past_due", "past_due", "paused", "ended"],
    active: ["-", "-", "-", "past_due", "past_due", "paused", "ended"],
    past_due: ["-", "recovered", "recovered", "-", "-", "paused", "ended"],
    unpaid: ["-", "recovered", "recovered", "-", "-", "paused", "ended"],
    paused: ["-", "resumed", "resumed", "past_due", "past_due", "-", "ended"],
  } satisfies Record<Exclude<SubscriptionStatus, "ended"> | "none", readonly string[]>;

  const rows = Object.entries(table).flatMap(([from, facts]) =>
    facts.map((fact, index) => ({ from, to: statuses[index] ?? "active", fact })),
  );

  it.each(rows)("tells the app $fact when $from becomes $to", ({ from, to, fact }) => {
    const before = from === "none" ? null : { status: from as SubscriptionStatus };
    expect(typesOf(before, { status: to })).toEqual(fact === "-" ? [] : [fact]);
  });

  it.each<[string, Partial<Subscription> | null, Partial<Subscription>, string[]]>([
    ["a cancellation was scheduled", {}, { cancelAt }, ["cancel_scheduled"]],
    ["it was undone", { cancelAt }, { cancelAt: null }, ["cancel_undone"]],
    ["the scheduled end came", { cancelAt }, { status: "ended", cancelAt: null }, ["ended"]],
    ["the same cancellation again", { cancelAt }, { cancelAt }, []],
    ["its collection was paused", {}, { pause: collection }, ["paused"]],
    ["that pause lasts longer", { pause: collection }, { pause: { ...collection, resumesAt: cancelAt } }, []],
    ["that pause is over", { pause: collection }, {}, ["resumed"]],
    ["it ended during that pause", { pause: collection }, { status: "ended" }, ["ended"]],
    ["it was first seen with its collection paused", null, { pause: collection }, ["activated", "paused"]],
    ["another plan", {}, { planId: "team" }, ["changed"]],
    ["another interval", {}, { interval: "year" }, ["changed"]],
    ["more seats", {}, { quantity: 2 }, ["changed"]],
    ["a plan of another group alongside it", {}, { items: both }, ["changed"]],
    ["that plan removed again", { items: both }, {}, ["changed"]],
    [
      "more of the second plan",
      { items: both },
      { items: [...items, buildCareItem({ quantity: 2 })] },
      ["changed"],
    ],
    ["the same plans in another order", { items: both }, { items: both.toReversed() }, []],
    [
      "the same plan at another price",
      {},
      { items: items.map((one) => ({ ...one, priceId: "price_9" })) },
      [],
    ],
    ["a line that is not a plan", {}, { items: [...items, setup] }, []],
    [
      "a change that is only agreed",
      {},
      { pendingChange: { planId: "free", interval: "month", quantity: 1, at: cancelAt } },
      [],
    ],
    ["a renewal", {}, { currentPeriod: { start: cancelAt, end: "2026-05-01T00:00:00.000Z" } }, []],
    [
      "an upgrade that could not be paid",
      {},
      { status: "past_due", planId: "team" },
      ["past_due", "changed"],
    ],
    ["a first sight with a cancellation", null, { cancelAt }, ["activated", "cancel_scheduled"]],
  ])("tells %s", (_, before, after, types) => {
    expect(typesOf(before, after)).toEqual(types);
  });

  it("tells the app of a trial's end only while it is a trial", () => {
    expect(typesOf({ status: "trialing" }, { status: "trialing" }, true)).toEqual(["trial.ending"]);
    expect(typesOf({ status: "trialing" }, { status: "active" }, true)).toEqual([]);
  });

  it("gives the state before and after, under an id made of the subscription and of the state that it left", () => {
    const before = buildSubscription();
    const after = buildSubscription({ planId: "team" });
    const data = { customerId: "org_1", planId: "team", subscription: after, previous: before };
    const id = "sub_1:subscription.changed:7:2026-03-01T00:00:00.000Z";
    const told = callbacksOf({ before, revision: "7", after, trialEnding: false });
    expect(told).toEqual([{ id, type: "subscription.changed", data }]);
  });

  it("gives every change its own id, even the same change twice within a second", () => {
    const one = buildSubscription({ quantity: 1 });
    const two = buildSubscription({ quantity: 2 });
    const changes = [
      [one, two],
      [two, one],
      [one, two],
    ] as const;
    const ids = changes.flatMap(([before, after], index) =>
      callbacksOf({ before, revision: `${index}`, after, trialEnding: false }).map(({ id }) => id),
    );
    expect(new Set(ids).size).toBe(3);
  });

  it("tells the app of a trial's end once for each end that is set", () => {
    const idsOf = (trialEndsAt: string, revision: string) => {
      const trial = buildSubscription({ status: "trialing", trialEndsAt });
      return callbacksOf({ before: trial, revision, after: trial, trialEnding: true }).map(({ id }) => id);
    };
    expect(idsOf(cancelAt, "2")).toEqual([`sub_1:trial.ending:${cancelAt}`]);
    expect(idsOf(cancelAt, "3")).toEqual(idsOf(cancelAt, "2"));
    expect(idsOf("2026-05-01T00:00:00.000Z", "3")).not.toEqual(idsOf(cancelAt, "2"));
  });
});
