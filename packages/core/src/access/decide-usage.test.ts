import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { UsageReset } from "../catalog/catalog.js";
import type { Subscription } from "../language/subscription.js";
import { buildCatalog } from "../testing/building/build-catalog.js";
import { buildCareItem, buildSubscription } from "../testing/building/build-subscription.js";
import { createAccess } from "./create-access.js";
import { decideAccess } from "./decide-access.js";
import { currentUsage, decideUsage, type UsageCount, type UsageInput } from "./decide-usage.js";
import { keptStartsOf } from "./usage-period.js";

const catalog = buildCatalog();
/** A second plan that grants as many messages as `starter`. */
const business = { ...catalog.plans.starter, name: "Business", group: "more" };
const withBusiness = { ...catalog, plans: { ...catalog.plans, business } };
const customer = { id: "org_1", canManage: false, hasBillingAccount: false };
const now = new Date("2026-03-10T12:00:00.000Z");
const month = { startsAt: "2026-03-01T00:00:00.000Z", endsAt: "2026-04-01T00:00:00.000Z" };
const bought = { start: "2026-02-15T08:30:00.000Z", end: "2026-03-15T08:30:00.000Z" };

function decide(
  subscriptions: readonly Partial<Subscription>[],
  used: Readonly<Record<string, number>> = {},
  more: Partial<UsageInput> = {},
) {
  const counts = Object.entries(used).map(([startsAt, n]) => ({ feature: "messages", startsAt, used: n }));
  const all = subscriptions.map((one) => buildSubscription(one));
  return decideUsage(
    { catalog: withBusiness, customer, subscriptions: all, counts, now, ...more },
    "messages",
  );
}

describe("the period", () => {
  it.each<[string, Partial<Subscription>[], string, string | null]>([
    ["of the free plan is the calendar month in UTC", [], month.startsAt, month.endsAt],
    ["of a subscription is its own", [{ currentPeriod: bought }], bought.start, bought.end],
    [
      "of a yearly one is its year",
      [
        {
          interval: "year",
          currentPeriod: { start: "2025-07-01T00:00:00.000Z", end: "2026-07-01T00:00:00.000Z" },
        },
      ],
      "2025-07-01T00:00:00.000Z",
      "2026-07-01T00:00:00.000Z",
    ],
    [
      "of a subscription without one is the calendar month",
      [{ currentPeriod: null }],
      month.startsAt,
      month.endsAt,
    ],
    [
      "of one that grants nothing is the free plan's",
      [{ status: "unpaid", currentPeriod: bought }],
      month.startsAt,
      month.endsAt,
    ],
    [
      "of an add-on that does not have the feature is the free plan's",
      [{ planId: "care", group: "support", currentPeriod: bought }],
      month.startsAt,
      month.endsAt,
    ],
    [
      "that begins in a moment, by the provider's clock, has begun",
      [{ currentPeriod: { start: "2026-03-10T12:00:01.000Z", end: "2026-04-10T12:00:01.000Z" } }],
      "2026-03-10T12:00:01.000Z",
      "2026-04-10T12:00:01.000Z",
    ],
    [
      "that has ended is the next one, though the renewal is not known yet",
      [{ currentPeriod: { start: "2026-02-10T12:00:00.000Z", end: "2026-03-10T12:00:00.000Z" } }],
      "2026-03-10T12:00:00.000Z",
      "2026-04-10T12:00:00.000Z",
    ],
    [
      "that ended long ago is the one that would be running",
      [{ currentPeriod: { start: "2025-11-30T00:00:00.000Z", end: "2025-12-31T00:00:00.000Z" } }],
      "2026-02-28T00:00:00.000Z",
      "2026-03-31T00:00:00.000Z",
    ],
    [
      "of a year that ended is the next year",
      [
        {
          interval: "year",
          currentPeriod: { start: "2024-02-29T00:00:00.000Z", end: "2025-02-28T00:00:00.000Z" },
        },
      ],
      "2026-02-28T00:00:00.000Z",
      "2027-02-28T00:00:00.000Z",
    ],
    [
      "is that of the plan that grants the most",
      [
        { planId: "starter", currentPeriod: bought },
        {
          id: "sub_2",
          planId: "team",
          group: "extra",
          currentPeriod: { start: "2026-03-05T00:00:00.000Z", end: "2026-04-05T00:00:00.000Z" },
        },
      ],
      "2026-03-05T00:00:00.000Z",
      "2026-04-05T00:00:00.000Z",
    ],
    [
      "of two plans that grant the same is the first one's",
      [
        { planId: "starter", currentPeriod: bought },
        {
          id: "sub_2",
          planId: "business",
          group: "more",
          currentPeriod: { start: "2026-03-06T00:00:00.000Z", end: "2026-04-06T00:00:00.000Z" },
        },
      ],
      bought.start,
      bought.end,
    ],
    [
      "is that of the line that grants it, where a subscription has two plans",
      [
        {
          items: [
            buildCareItem({ planId: "starter", group: "main", currentPeriod: bought }),
            buildCareItem({ planId: "team", group: "extra" }),
          ],
        },
      ],
      month.startsAt,
      month.endsAt,
    ],
    [
      "is that of that line, though its subscription is shown by the terms of another",
      [
        {
          planId: "care",
          group: "support",
          interval: "year",
          currentPeriod: { start: "2026-01-01T00:00:00.000Z", end: "2027-01-01T00:00:00.000Z" },
          items: [
            buildCareItem(),
            buildCareItem({ planId: "starter", group: "main", currentPeriod: bought }),
          ],
        },
      ],
      bought.start,
      bought.end,
    ],
    [
      "that a change began continues the previous one's count",
      [{ currentPeriod: bought, countedFrom: { [bought.start]: "2026-02-01T00:00:00.000Z" } }],
      "2026-02-01T00:00:00.000Z",
      bought.end,
    ],
    [
      "that is paid and continues also keeps its count",
      [
        {
          status: "past_due",
          pastDueSince: now.toISOString(),
          arrears: { paidPeriod: bought },
          countedFrom: { [bought.start]: "2026-02-01T00:00:00.000Z" },
        },
      ],
      "2026-02-01T00:00:00.000Z",
      month.endsAt,
    ],
    [
      "that is not paid brings nothing new: the paid one continues",
      [{ status: "past_due", pastDueSince: now.toISOString(), arrears: { paidPeriod: bought } }],
      bought.start,
      month.endsAt,
    ],
    [
      "that is paid is its own, though a later payment within it failed",
      [
        {
          status: "past_due",
          pastDueSince: now.toISOString(),
          currentPeriod: bought,
          arrears: { paidPeriod: bought },
        },
      ],
      bought.start,
      bought.end,
    ],
    [
      "that is not paid and has cut the paid one short brings nothing new either",
      [
        {
          status: "past_due",
          pastDueSince: now.toISOString(),
          interval: "year",
          currentPeriod: { start: "2026-03-10T00:00:00.000Z", end: "2027-03-10T00:00:00.000Z" },
          arrears: { paidPeriod: bought },
        },
      ],
      bought.start,
      "2027-03-10T00:00:00.000Z",
    ],
    [
      "of anyone who never paid is the free plan's",
      [{ status: "past_due", pastDueSince: now.toISOString(), arrears: { paidPeriod: null } }],
      month.startsAt,
      month.endsAt,
    ],
  ])("%s", (_name, subscriptions, startsAt, endsAt) => {
    expect(decide(subscriptions).period).toEqual({ startsAt, endsAt });
  });

  it.each([
    ["2026-12-31T23:59:59.999Z", "2026-12-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z"],
    ["2027-01-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z", "2027-02-01T00:00:00.000Z"],
    ["2028-02-29T12:00:00.000Z", "2028-02-01T00:00:00.000Z", "2028-03-01T00:00:00.000Z"],
  ])("at %s starts at %s", (at, startsAt, endsAt) => {
    expect(decide([], {}, { now: new Date(at) }).period).toEqual({ startsAt, endsAt });
  });

  it("of a feature that never starts again is one and the same for good, whatever is bought", () => {
    const messages = { ...catalog.features.messages, reset: "never" } as const;
    const lasting = { ...catalog, features: { ...catalog.features, messages } };
    const free = decide([], {}, { catalog: lasting }).period;
    expect(free.endsAt).toBeNull();
    expect(decide([{ currentPeriod: bought }], {}, { catalog: lasting }).period).toEqual(free);
    expect(decide([], { [free.startsAt]: 99 }, { catalog: lasting })).toMatchObject({ remaining: 1 });
  });
});

describe("what remains", () => {
  it.each<[string, Partial<Subscription>[], Record<string, number>, object]>([
    [
      "is all of the plan's before the first use",
      [],
      {},
      { remaining: 100, access: { used: 0, limit: 100, allowed: true } },
    ],
    [
      "is what the free plan's month leaves",
      [],
      { [month.startsAt]: 99 },
      { remaining: 1, access: { used: 99, allowed: true } },
    ],
    [
      "is nothing at the limit",
      [],
      { [month.startsAt]: 100 },
      { remaining: 0, access: { reason: "limit_reached", upgradeTo: "starter" } },
    ],
    [
      "is nothing beyond it, after a downgrade",
      [],
      { [month.startsAt]: 900 },
      { remaining: 0, access: { used: 900, reason: "limit_reached" } },
    ],
    [
      "is not touched by other periods",
      [{ currentPeriod: bought }],
      { [month.startsAt]: 99, "2026-01-15T08:30:00.000Z": 5000 },
      { remaining: 10_000, access: { used: 0 } },
    ],
    [
      "is of the subscription's own period",
      [{ currentPeriod: bought }],
      { [bought.start]: 4 },
      { remaining: 9996, access: { used: 4 } },
    ],
    [
      "continues when the plan changes within the period",
      [{ planId: "starter", currentPeriod: bought }],
      { [bought.start]: 999 },
      { remaining: 1, access: { used: 999, limit: 1000 } },
    ],
    [
      "is unlimited without a limit, but is counted all the same",
      [{ planId: "team", currentPeriod: bought }],
      { [bought.start]: 12_345 },
      { remaining: null, access: { used: 12_345, limit: null, allowed: true } },
    ],
    [
      "is the free plan's while the paid one is paused",
      [{ status: "paused", currentPeriod: bought }],
      { [month.startsAt]: 40 },
      { remaining: 60, access: { limit: 100 } },
    ],
  ])("%s", (_name, subscriptions, used, expected) => {
    expect(decide(subscriptions, used)).toMatchObject(expected);
  });

  it("is nothing for a plan without the feature, and when nobody is signed in", () => {
    const { free: _, ...plans } = catalog.plans;
    const closed = decide([], {}, { catalog: { ...catalog, plans } });
    expect(closed).toMatchObject({ remaining: 0, access: { reason: "not_in_plan", upgradeTo: "starter" } });
    const nobody = decide([], { [month.startsAt]: 1 }, { customer: null });
    expect(nobody).toMatchObject({ remaining: 0, access: { reason: "signed_out" } });
  });
});

it.each(["projects", "export", "teleport", "__proto__"])("%s is not metered", (feature) => {
  const input = { catalog, customer, subscriptions: [], counts: [], now };
  expect(() => decideUsage(input, feature)).toThrow(expect.objectContaining({ code: "unknown_feature" }));
  const counts = [{ feature, startsAt: month.startsAt, used: 1 }];
  expect(currentUsage({ ...input, counts })).toEqual({});
});

it("a check and a count agree, whatever mix of grants and counts there is", () => {
  const day = fc
    .integer({ min: 0, max: 120 })
    .map((days) => new Date(Date.UTC(2026, 0, 1 + days)).toISOString());
  const subscription = fc.record({
    planId: fc.constantFrom("starter", "pro", "team", "care", "legacy"),
    group: fc.constantFrom("main", "support", "extra"),
    status: fc.constantFrom("trialing", "active", "past_due", "unpaid", "paused", "incomplete", "ended"),
    interval: fc.constantFrom("day", "2_weeks", "month", "3_months", "year"),
    currentPeriod: fc.option(fc.record({ start: day, end: day })),
    cancelAt: fc.option(day),
    startedAt: day,
  });
  const count: fc.Arbitrary<UsageCount> = fc.record({
    feature: fc.constantFrom("messages", "projects"),
    startsAt: day,
    used: fc.integer({ min: 0, max: 12_000 }),
  });
  const facts = fc.record({
    subscriptions: fc.array(
      subscription.map((one) => buildSubscription(one)),
      { maxLength: 4 },
    ),
    counts: fc.uniqueArray(count, { selector: ({ feature, startsAt }) => feature + startsAt }),
    now: day.map((time) => new Date(time)),
  });
  fc.assert(
    fc.property(facts, ({ subscriptions, counts, now }) => {
      const input = { catalog, customer, subscriptions, now };
      const { remaining, access } = decideUsage({ ...input, counts }, "messages");
      const state = decideAccess({ ...input, usage: currentUsage({ ...input, counts }) });
      const check = createAccess(state).check("messages");
      expect(access).toEqual(state.features.messages);
      expect(check).toMatchObject({ allowed: remaining === null || remaining > 0, remaining });
    }),
    { numRuns: 2000 },
  );
});

describe("a count that starts again by the calendar, or monthly with the subscription", () => {
  const metered = (reset: UsageReset) => ({
    ...withBusiness,
    features: { ...catalog.features, messages: { ...catalog.features.messages, reset } },
  });
  const year = { start: "2025-05-31T08:30:00.000Z", end: "2026-05-31T08:30:00.000Z" };
  const yearly = { interval: "year", currentPeriod: year } as const;
  const february = "2026-02-28T08:30:00.000Z";

  it.each<[UsageReset, Partial<Subscription> | null, string, string]>([
    ["period", yearly, year.start, year.end],
    ["billing_month", yearly, february, "2026-03-31T08:30:00.000Z"],
    ["billing_month", { currentPeriod: bought }, bought.start, bought.end],
    ["billing_month", null, month.startsAt, month.endsAt],
    [
      "billing_month",
      {
        interval: "week",
        currentPeriod: { start: "2026-03-08T00:00:00.000Z", end: "2026-03-15T00:00:00.000Z" },
      },
      month.startsAt,
      month.endsAt,
    ],
    ["month", yearly, month.startsAt, month.endsAt],
    ["week", yearly, "2026-03-09T00:00:00.000Z", "2026-03-16T00:00:00.000Z"],
    ["day", { currentPeriod: bought }, "2026-03-10T00:00:00.000Z", "2026-03-11T00:00:00.000Z"],
    ["day", null, "2026-03-10T00:00:00.000Z", "2026-03-11T00:00:00.000Z"],
    [
      "billing_month",
      {
        interval: "year",
        currentPeriod: { start: "2024-05-31T00:00:00.000Z", end: "2025-05-31T00:00:00.000Z" },
      },
      "2026-02-28T00:00:00.000Z",
      "2026-03-31T00:00:00.000Z",
    ],
  ])("by %s", (reset, terms, startsAt, endsAt) => {
    const { period, access } = decide(terms === null ? [] : [terms], {}, { catalog: metered(reset) });
    expect(period).toEqual({ startsAt, endsAt });
    expect(access.resetsAt).toBe(endsAt);
  });

  it("brings nothing new while a year is not paid: the last month that is continues", () => {
    const behind = {
      ...yearly,
      status: "past_due",
      pastDueSince: "2026-03-09T00:00:00.000Z",
      currentPeriod: { start: "2026-03-09T00:00:00.000Z", end: "2027-03-09T00:00:00.000Z" },
      arrears: { paidPeriod: { start: "2025-03-09T00:00:00.000Z", end: "2026-03-09T00:00:00.000Z" } },
    } as const;
    const last = "2026-02-09T00:00:00.000Z";
    const { period, remaining } = decide([behind], { [last]: 9000 }, { catalog: metered("billing_month") });
    expect(period).toEqual({ startsAt: last, endsAt: "2026-04-09T00:00:00.000Z" });
    expect(remaining).toBe(1000);
    expect(keptStartsOf(buildSubscription(behind))).toContain(last);
  });

  it("continues the month that a change cut short, and then begins with the new period's months", () => {
    const changed = {
      ...yearly,
      currentPeriod: { start: "2026-03-05T00:00:00.000Z", end: "2027-03-05T00:00:00.000Z" },
      countedFrom: { "2026-03-05T00:00:00.000Z": year.start },
    };
    const options = { catalog: metered("billing_month") };
    const counts = { [february]: 9000 };
    expect(decide([changed], counts, options)).toMatchObject({
      period: { startsAt: february, endsAt: "2026-04-05T00:00:00.000Z" },
      remaining: 1000,
    });
    expect(keptStartsOf(buildSubscription(changed))).toContain(february);
    const later = { ...options, now: new Date("2026-04-06T00:00:00.000Z") };
    expect(decide([changed], counts, later)).toMatchObject({
      period: { startsAt: "2026-04-05T00:00:00.000Z", endsAt: "2026-05-05T00:00:00.000Z" },
      remaining: 10_000,
    });
  });
});
