import { describe, expect, it } from "vitest";
import type { Subscription } from "../language/subscription.js";
import { buildCatalog } from "../testing/building/build-catalog.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { decideAccess } from "./decide-access.js";
import { nextChangeOf } from "./next-change-of.js";

const catalog = buildCatalog();
const now = new Date("2026-03-10T12:00:00.000Z");
const periodEnd = "2026-04-01T00:00:00.000Z";
const soon = "2026-03-11T00:00:00.000Z";
const past = "2026-03-10T12:00:00.000Z";

function decide(
  subscriptions: readonly Partial<Subscription>[],
  at = now,
  plans: ReturnType<typeof buildCatalog> | object = catalog,
) {
  return decideAccess({
    catalog: plans as typeof catalog,
    customer: { id: "org_1", canManage: true, hasBillingAccount: true },
    subscriptions: subscriptions.map((overrides) => buildSubscription(overrides)),
    graceDays: 7,
    now: at,
  });
}

describe("nextChangeOf", () => {
  it.each<[string, Partial<Subscription>, string | null]>([
    ["a running period's end", {}, periodEnd],
    ["the month's end, where no period is known", { currentPeriod: null }, periodEnd],
    ["a scheduled end", { cancelAt: soon }, soon],
    ["the period's end, when the scheduled end is now", { cancelAt: past }, periodEnd],
    ["a trial's end", { status: "trialing", trialEndsAt: soon }, soon],
    ["the end of a grace period", { status: "past_due", pastDueSince: "2026-03-04T00:00:00.000Z" }, soon],
    [
      "nothing for a grace period that is over",
      { status: "past_due", pastDueSince: "2026-03-01T00:00:00.000Z" },
      periodEnd,
    ],
    [
      "an agreed change",
      { pendingChange: { planId: "starter", interval: "month", quantity: 1, at: soon } },
      soon,
    ],
    ["a pause's end", { status: "paused", pause: { kind: "full", resumesAt: soon } }, soon],
  ])("is %s", (_name, subscription, expected) => {
    expect(nextChangeOf(decide([subscription]), [])).toBe(expected);
  });

  it("is the earliest of all groups, and of what is counted", () => {
    const state = decide([{}, { id: "sub_2", planId: "care", group: "support", cancelAt: soon }]);
    expect(nextChangeOf(state, [{ endsAt: periodEnd }, { endsAt: null }])).toBe(soon);
    expect(nextChangeOf(state, [{ endsAt: "2026-03-10T13:00:00.000Z" }])).toBe("2026-03-10T13:00:00.000Z");
  });

  it("is when credits expire, and when a free plan grants the next ones", () => {
    const none = { available: 0, held: 0, owed: 0, expiring: null };
    const state = { ...decide([{ currentPeriod: null }]), features: {}, credits: { tokens: none } };
    expect(nextChangeOf(state, [])).toBe("2026-04-01T00:00:00.000Z");
    const expiring = { amount: 5, at: soon };
    expect(nextChangeOf({ ...state, credits: { tokens: { ...none, expiring } } }, [])).toBe(soon);
  });

  it("is null where only an event can change it", () => {
    const features = { messages: { type: "metered", name: "Messages", reset: "never" } } as const;
    const forGood = { ...catalog, features: { ...catalog.features, ...features } };
    expect(nextChangeOf(decide([], now, forGood), [])).toBeNull();
    expect(nextChangeOf(decide([{ currentPeriod: null }], now, forGood), [{ endsAt: null }])).toBeNull();
  });

  it("is when a count starts again, although nothing was counted yet", () => {
    expect(nextChangeOf(decide([]), [])).toBe(periodEnd);
  });

  it("is never missed: the decision is the same a moment before it, and another one at a scheduled end", () => {
    for (const subscription of [
      { cancelAt: soon },
      { status: "past_due", pastDueSince: "2026-03-04T00:00:00.000Z" },
    ] as const) {
      const first = decide([subscription]);
      const change = nextChangeOf(first, []);
      if (change === null) throw new Error("A change was expected.");
      const just = decide([subscription], new Date(Date.parse(change) - 1));
      expect({ ...just, decidedAt: null }).toEqual({ ...first, decidedAt: null });
      expect(decide([subscription], new Date(change)).planId).not.toBe(first.planId);
    }
  });
});
