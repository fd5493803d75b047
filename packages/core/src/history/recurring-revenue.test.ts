import { expect, it } from "vitest";
import type { Interval } from "../language/interval.js";
import type { Subscription, SubscriptionItem } from "../language/subscription.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { recurringRevenue, revenueParts } from "./recurring-revenue.js";

const perMonth = (...all: readonly Subscription[]) =>
  Math.round(all.reduce((sum, one) => sum + recurringRevenue(one), 0) / revenueParts);

function pays(
  unitAmount: number,
  interval: Interval = "month",
  more: Partial<Subscription> = {},
): Subscription {
  const built = buildSubscription({ interval, ...more });
  return { ...built, items: built.items.map((item) => ({ ...item, unitAmount })) };
}

it("is exact for twelve who pay by the year: 290.00, and not 290.04", () => {
  expect(perMonth(...Array.from({ length: 12 }, () => pays(29_000, "year")))).toBe(29_000);
});

it.each<[number, Interval, number]>([
  [1_000, "week", 4_333],
  [3_000, "3_months", 1_000],
  [36_000, "3_years", 1_000],
  [100, "day", 3_042],
  [2_000, "2_weeks", 4_333],
])("of %i each %s is %i", (amount, interval, monthly) => {
  expect(perMonth(pays(amount, interval))).toBe(monthly);
});

const discount = { id: "di_1", amountOff: null, months: null };

it("is less by what a coupon takes off for good, and by nothing that passes", () => {
  const half = { ...discount, percentOff: 50 };
  expect(perMonth(pays(10_000, "month", { discounts: [{ ...half, duration: "forever" }] }))).toBe(5_000);
  expect(perMonth(pays(10_000, "month", { discounts: [{ ...half, duration: "once" }] }))).toBe(10_000);
  const repeating = { ...half, duration: "repeating", months: 3 } as const;
  expect(perMonth(pays(10_000, "month", { discounts: [repeating] }))).toBe(10_000);
  const amountOff = { amount: 1_200, currency: "usd" };
  const off = { ...discount, percentOff: null, amountOff, duration: "forever" } as const;
  expect(perMonth(pays(12_000, "year", { discounts: [off] }))).toBe(900);
  expect(perMonth(pays(1_000, "month", { discounts: [off] }))).toBe(0);
});

it.each<[string, Partial<Subscription>, number]>([
  ["in good standing", {}, 2_900],
  ["overdue, until it is given up", { status: "past_due" }, 2_900],
  ["given up", { status: "unpaid" }, 0],
  ["in its trial", { status: "trialing" }, 0],
  ["in a free month that a paying customer was given", { status: "trialing", givenTrial: true }, 2_900],
  ["not paid for yet", { status: "incomplete" }, 0],
  ["paused", { status: "paused", pause: { kind: "full", resumesAt: null } }, 0],
  ["not collected", { pause: { kind: "collection", resumesAt: null } }, 0],
  ["cancelled, until it ends", { cancelAt: "2026-04-01T00:00:00.000Z" }, 2_900],
  ["ended", { status: "ended" }, 0],
])("is, for one that is %s, what it brings in", (_name, fields, monthly) => {
  expect(perMonth(buildSubscription(fields))).toBe(monthly);
});

it("goes on in the days without a charge that keep somebody who wanted to leave", () => {
  const retention = {
    offer: { kind: "pause", days: 30 },
    offeredAt: "2026-03-02T10:00:00.000Z",
    answer: null,
  } as const;
  const pause = { kind: "collection", resumesAt: "2026-04-01T10:00:00.000Z" } as const;
  expect(perMonth(buildSubscription({ pause, retention }))).toBe(2_900);
  const later = { ...pause, resumesAt: "2026-06-01T10:00:00.000Z" };
  expect(perMonth(buildSubscription({ pause: later, retention }))).toBe(0);
  expect(perMonth(buildSubscription({ pause, retention: { ...retention, answer: "declined" } }))).toBe(0);
});

it("counts seats, tiers, add-ons and lines made by hand, and no use", () => {
  const built = buildSubscription();
  const [plan] = built.items;
  if (plan === undefined) throw new Error("The subscription has no line.");
  const rate = {
    kind: "graduated",
    tiers: [
      { upTo: 5, perUnit: 0, flat: 4_900 },
      { upTo: null, perUnit: 900, flat: 0 },
    ],
  } as const;
  const none = { planId: null, group: null };
  const items: SubscriptionItem[] = [
    { ...plan, quantity: 7, unitAmount: null, rate },
    { ...plan, ...none, id: "si_2", addOnId: "storage", interval: "year", unitAmount: 1_200, quantity: 2 },
    { ...plan, ...none, id: "si_3", interval: null, unitAmount: 100 },
    { ...plan, ...none, id: "si_4", interval: null, unitAmount: 5, usageOf: "messages" },
  ];
  expect(perMonth({ ...built, items })).toBe(6_700 + 200 + 100);
});
