import { describe, expect, it } from "vitest";
import type { Subscription, SubscriptionStatus } from "../subscription.js";
import { buildSubscription } from "../testing/builders.js";
import { callbacksOf } from "./callbacks-of.js";

const cancelAt = "2026-04-01T00:00:00.000Z";

function typesOf(before: Partial<Subscription> | null, after: Partial<Subscription>, trialEnding = false) {
  const callbacks = callbacksOf({
    before: before && buildSubscription(before),
    after: buildSubscription(after),
    cause: "evt_1",
    trialEnding,
  });
  return callbacks.map(({ type }) => type.replace("subscription.", ""));
}

describe("callbacksOf", () => {
  const statuses = ["incomplete", "trialing", "active", "past_due", "unpaid", "paused", "ended"] as const;
  // Rows: the status before; columns: the status after, in the order above. `-` is nothing to tell.
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

  it.each(rows)("tells $fact when $from becomes $to", ({ from, to, fact }) => {
    const before = from === "none" ? null : { status: from as SubscriptionStatus };
    expect(typesOf(before, { status: to })).toEqual(fact === "-" ? [] : [fact]);
  });

  it.each<[string, Partial<Subscription> | null, Partial<Subscription>, string[]]>([
    ["a cancellation was scheduled", {}, { cancelAt }, ["cancel_scheduled"]],
    ["it was undone", { cancelAt }, { cancelAt: null }, ["cancel_undone"]],
    ["the scheduled end came", { cancelAt }, { status: "ended", cancelAt: null }, ["ended"]],
    ["the same cancellation again", { cancelAt }, { cancelAt }, []],
    ["another plan", {}, { planId: "team" }, ["changed"]],
    ["another interval", {}, { interval: "year" }, ["changed"]],
    ["more seats", {}, { quantity: 2 }, ["changed"]],
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

  it("tells of a trial's end only while it is a trial", () => {
    expect(typesOf({ status: "trialing" }, { status: "trialing" }, true)).toEqual(["trial.ending"]);
    expect(typesOf({ status: "trialing" }, { status: "active" }, true)).toEqual([]);
  });

  it("gives the state before and after, and ids that a redelivery repeats", () => {
    const before = buildSubscription();
    const after = buildSubscription({ planId: "team" });
    const tell = () => callbacksOf({ before, after, cause: "evt_7", trialEnding: false });
    const data = { customerId: "org_1", planId: "team", subscription: after, previous: before };
    expect(tell()).toEqual([{ id: "evt_7:subscription.changed", type: "subscription.changed", data }]);
    expect(tell()).toEqual(tell());
  });
});
