import { describe, expect, it } from "vitest";
import type { Subscription } from "../language/subscription.js";
import { buildCatalog } from "../testing/building/build-catalog.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { decidePastUsage } from "./decide-past-usage.js";
import type { UsageCount } from "./decide-usage.js";

const catalog = buildCatalog();
const customer = { id: "org_1", canManage: false, hasBillingAccount: true };
const minute = 60_000;
const march = { start: "2026-03-31T00:00:00.000Z", end: "2026-04-30T00:00:00.000Z" };
const february = "2026-02-28T00:00:00.000Z";
const item = buildSubscription().items[0];
const billed = (more: Partial<Subscription> = {}): Partial<Subscription> => ({
  planId: "pro",
  currentPeriod: march,
  startedAt: "2025-01-31T00:00:00.000Z",
  ...more,
});
const itemsIn = (currentPeriod: typeof march) =>
  item === undefined
    ? []
    : [
        { ...item, planId: "pro", currentPeriod },
        {
          ...item,
          id: "si_use",
          planId: null,
          group: null,
          interval: null,
          usageOf: "messages",
          currentPeriod,
        },
      ];

function decide(
  subscription: Partial<Subscription> | null,
  { at, now, counts = [] }: { at: string; now: string; counts?: readonly UsageCount[] },
) {
  const subscriptions = subscription === null ? [] : [buildSubscription(subscription)];
  const input = { catalog, customer, subscriptions, counts, now: new Date(now) };
  return decidePastUsage(input, "messages", { at: new Date(at), lateMs: 45 * minute });
}

describe("a use of some time ago", () => {
  it("counts in the current period where it belongs to that", () => {
    const found = decide(billed(), { at: "2026-03-31T00:00:00.000Z", now: "2026-04-10T00:00:00.000Z" });
    expect(found).toMatchObject({ period: { startsAt: march.start, endsAt: march.end } });
  });

  it("counts in the period that has just ended, on the anchor's day, for as long as that is open", () => {
    const at = "2026-03-30T23:59:00.000Z";
    expect(decide(billed(), { at, now: "2026-03-31T00:45:00.000Z" })).toMatchObject({
      period: { startsAt: february, endsAt: march.start },
      remaining: 10_000,
    });
    expect(decide(billed(), { at, now: "2026-03-31T00:45:00.001Z" })).toEqual({ endedAt: march.start });
  });

  it("counts in the ended period also while the renewal is not heard of", () => {
    const before = { start: february, end: march.start };
    const found = decide(billed({ currentPeriod: before, items: itemsIn(before) }), {
      at: "2026-03-30T23:59:00.000Z",
      now: "2026-03-31T00:20:00.000Z",
    });
    expect(found).toMatchObject({ period: { startsAt: february, endsAt: march.start } });
  });

  it("goes by what was counted then, however that period came to be", () => {
    const counts = [
      { feature: "messages", startsAt: "2026-03-09T00:00:00.000Z", endsAt: march.start, used: 7 },
      {
        feature: "messages",
        startsAt: "2026-03-01T00:00:00.000Z",
        endsAt: "2026-04-01T00:00:00.000Z",
        used: 1,
      },
      { feature: "messages", startsAt: march.start, endsAt: march.end, used: 3 },
    ];
    const found = decide(billed(), {
      at: "2026-03-30T23:59:00.000Z",
      now: "2026-03-31T00:20:00.000Z",
      counts,
    });
    expect(found).toMatchObject({ period: { startsAt: "2026-03-09T00:00:00.000Z", endsAt: march.start } });
  });

  it("is billed to the subscription that has ended since with its period, and late where that was ended at once", () => {
    const at = "2026-04-29T23:59:00.000Z";
    const now = "2026-04-30T00:20:00.000Z";
    const ended = (endedAt: string) => billed({ status: "ended", endedAt, items: itemsIn(march) });
    expect(decide(ended(march.end), { at, now })).toMatchObject({
      period: { startsAt: march.start, endsAt: march.end },
      billedBy: { providerCustomerId: expect.any(String) },
    });
    const atOnce = ended("2026-04-29T23:59:30.000Z");
    expect(decide(atOnce, { at, now: "2026-04-29T23:59:59.000Z" })).toHaveProperty("endedAt");
  });

  it("before the plan was bought counts on the free plan, whose month still runs", () => {
    const bought = billed({ startedAt: march.start, currentPeriod: march });
    const found = decide(bought, { at: "2026-03-30T12:00:00.000Z", now: "2026-03-31T10:00:00.000Z" });
    expect(found).toMatchObject({
      period: { startsAt: "2026-03-01T00:00:00.000Z" },
      access: { limit: 100 },
      billedBy: null,
    });
  });

  it("is too old for whoever bills it after 34 days, and never where nobody does", () => {
    const year = { start: "2026-01-01T00:00:00.000Z", end: "2027-01-01T00:00:00.000Z" };
    const yearly = (items: Subscription["items"] | undefined) =>
      billed({ interval: "year", currentPeriod: year, ...(items && { items }) });
    const now = "2026-04-10T00:00:00.000Z";
    const paid = yearly(itemsIn(year).map((one) => ({ ...one, interval: one.interval && "year" })));
    expect(decide(paid, { at: "2026-03-07T00:00:00.000Z", now })).not.toHaveProperty("endedAt");
    expect(decide(paid, { at: "2026-03-06T23:59:59.000Z", now })).toEqual({ endedAt: null });
    expect(decide(yearly(undefined), { at: "2026-01-02T00:00:00.000Z", now })).not.toHaveProperty("endedAt");
  });
});
