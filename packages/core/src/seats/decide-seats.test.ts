import { describe, expect, it } from "vitest";
import { definePlans } from "../catalog/define-plans.js";
import type { SeatRecord } from "../language/seats.js";
import type { PendingChange, Subscription } from "../language/subscription.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { decideSeats } from "./decide-seats.js";

const catalog = definePlans({
  features: { members: { type: "limit", name: "Members" } },
  plans: {
    flat: { name: "Flat", prices: { month: { usd: 900 } }, includes: { members: 5 } },
    team: {
      name: "Team",
      prices: { month: { perSeat: { usd: 1_500 }, minimum: 2, maximum: 20 } },
      includes: { members: "seats" },
    },
    threes: { name: "Threes", prices: { month: { perSeat: { usd: 900 }, step: 3 } }, includes: {} },
  },
});
const now = new Date("2026-03-10T12:00:00.000Z");
const end = "2026-04-01T00:00:00.000Z";

const record = (count: number, more: Partial<SeatRecord> = {}): SeatRecord => ({
  ...{ customerId: "org_1", group: "main", count, since: now.toISOString(), countedAt: now.toISOString() },
  ...{ earlier: [], carried: null, attempts: 0, problem: null, told: null },
  ...more,
});
function having(planId: string, quantity: number, more: Partial<Subscription> = {}): Subscription {
  const built = buildSubscription({ planId, quantity, ...more });
  return { ...built, items: built.items.map((item) => ({ ...item, planId, quantity })) };
}
const decide = (
  held: Subscription | null,
  members: SeatRecord,
  rules: Partial<Parameters<typeof decideSeats>[0]["rules"]> = {},
) =>
  decideSeats({
    catalog,
    subscriptions: held === null ? [] : [held],
    record: members,
    rules: { graceHours: 0, lower: "period_end", ...rules },
    now,
  });
const pending = (planId: string, quantity: number): PendingChange => ({
  ...{ planId, interval: "month", quantity, at: end },
});
const target = (planId: string, quantity: number) => ({ planId, interval: "month", quantity });

describe("what is to be done about seats", () => {
  it.each<[string, Subscription | null, number, object]>([
    ["nothing is bought", null, 8, { kind: "settled" }],
    ["the plan is flat", having("flat", 1), 8, { kind: "settled" }],
    ["the plan left the catalog", having("old", 3), 8, { kind: "settled" }],
    ["as many are there", having("team", 5), 5, { kind: "settled" }],
    ["more are there", having("team", 5), 8, { kind: "buy", target: target("team", 8), carried: null }],
    ["fewer are there", having("team", 5), 3, { kind: "plan", target: target("team", 3) }],
    ["nobody is there", having("team", 5), 0, { kind: "plan", target: target("team", 2) }],
    ["fewer than are sold are there", having("team", 2), 1, { kind: "settled" }],
    ["only steps are sold", having("threes", 3), 4, { kind: "buy", target: target("threes", 6) }],
    ["a step is not left", having("threes", 6), 4, { kind: "settled" }],
    ["too many are there", having("team", 20), 21, { kind: "beyond", most: 20, target: null }],
    ["some of too many can be paid", having("team", 5), 21, { kind: "beyond", target: target("team", 20) }],
    ["it is to end, and fewer are there", having("team", 5, { cancelAt: end }), 3, { kind: "settled" }],
    ["it is paused, and fewer are there", having("team", 5, { status: "paused" }), 3, { kind: "settled" }],
    ["it is past due, and fewer are there", having("team", 5, { status: "past_due" }), 3, { kind: "plan" }],
  ])("where %s", (_, held, count, step) => {
    expect(decide(held, record(count))).toMatchObject(step);
  });

  it.each<[string, PendingChange, number, object]>([
    ["so many are planned", pending("team", 8), 8, { kind: "settled" }],
    ["more come than are planned", pending("team", 8), 9, { kind: "plan", target: target("team", 9) }],
    ["all are back", pending("team", 8), 10, { kind: "plan", target: target("team", 10) }],
    ["fewer stay than are planned", pending("team", 8), 6, { kind: "plan", target: target("team", 6) }],
    [
      "another plan is planned for fewer",
      pending("threes", 6),
      8,
      { kind: "plan", target: target("threes", 9) },
    ],
    ["a flat plan is planned", pending("flat", 1), 8, { kind: "settled" }],
    [
      "seats are bought beside another plan",
      pending("flat", 1),
      11,
      { kind: "buy", carried: pending("flat", 1) },
    ],
    ["seats are bought instead of fewer", pending("team", 8), 11, { kind: "buy", carried: null }],
  ])("where %s for the next period", (_, pendingChange, count, step) => {
    expect(decide(having("team", 10, { pendingChange }), record(count))).toMatchObject(step);
  });

  it("agrees again on what was withdrawn for the seats that were bought, with room for everybody", () => {
    const lost = (planId: string, quantity: number) => record(11, { carried: pending(planId, quantity) });
    expect(decide(having("team", 11), lost("flat", 1))).toMatchObject({
      kind: "plan",
      target: target("flat", 1),
    });
    expect(decide(having("team", 11), lost("threes", 9))).toMatchObject({ target: target("threes", 12) });
  });

  it("agrees on nothing again that was made at once, but on what is missing of it", () => {
    const made = (carried: PendingChange) => decide(having("team", 11), record(11, { carried }));
    expect(made(pending("team", 8))).toEqual({ kind: "settled" });
    const withCare = { ...pending("team", 8), addOns: { care: 1 } };
    expect(made(withCare)).toMatchObject({ kind: "plan", target: { addOns: { care: 1 } } });
  });

  it("leaves seats that were bought where nobody wants them lowered", () => {
    expect(decide(having("team", 10), record(3), { lower: "never" })).toEqual({ kind: "settled" });
    const held = having("team", 10, { pendingChange: pending("team", 8) });
    expect(decide(held, record(9), { lower: "never" })).toMatchObject({ target: target("team", 9) });
  });

  it("waits for who has just come, and buys for who was there for as long as the grace", () => {
    const since = "2026-03-10T10:00:00.000Z";
    const members = record(7, { since, earlier: [{ count: 5, since: "2026-03-01T00:00:00.000Z" }] });
    expect(decide(having("team", 5), members, { graceHours: 3 })).toEqual({
      kind: "wait",
      until: "2026-03-10T13:00:00.000Z",
    });
    expect(decide(having("team", 5), members, { graceHours: 2 })).toMatchObject({
      target: target("team", 7),
    });
  });

  it("is about the plan group that it names alone", () => {
    expect(decide(having("team", 5), record(8, { group: "devices" }))).toEqual({ kind: "settled" });
  });
});
