import { describe, expect, it } from "vitest";
import type { Period, Subscription } from "../language/subscription.js";
import { buildCareItem, buildSubscription } from "../testing/building/build-subscription.js";
import { carryCounts } from "./carry-counts.js";

const day = (date: string) => `2026-${date}T00:00:00.000Z`;
const span = (start: string, end: string): Period => ({ start: day(start), end: day(end) });
const march = span("03-01", "04-01");

const of = (currentPeriod: Period, more: Partial<Subscription> = {}) => {
  const { items } = buildSubscription(more);
  return buildSubscription({
    ...more,
    currentPeriod,
    items: items.map((item) => ({ ...item, interval: more.interval ?? "month", currentPeriod })),
  });
};

describe("the count of the next period", () => {
  const year = { start: day("03-10"), end: "2027-03-10T00:00:00.000Z" };

  it.each<[string, Subscription | null, Subscription, Record<string, string>]>([
    ["is new with the first period", null, of(march), {}],
    ["continues while the period does", of(march), of(march, { planId: "starter" }), {}],
    ["is new when the previous one ran out", of(march), of(span("04-01", "05-01")), {}],
    [
      "is new when a trial ran out",
      of(span("03-01", "03-15"), { status: "trialing" }),
      of(span("03-15", "04-15")),
      {},
    ],
    [
      "is the previous one's when a change cut that short",
      of(march),
      of(year, { interval: "year" }),
      { [year.start]: march.start },
    ],
    [
      "is the previous one's when a trial was cut short",
      of(span("03-01", "03-15"), { status: "trialing" }),
      of(span("03-05", "04-05")),
      { [day("03-05")]: day("03-01") },
    ],
    [
      "is the first one's after several changes",
      of(year, { interval: "year", countedFrom: { [year.start]: march.start } }),
      of(span("03-12", "04-12")),
      { [year.start]: march.start, [day("03-12")]: march.start },
    ],
    [
      "is new when the one that continued a count ran out",
      of(span("03-12", "04-12"), { countedFrom: { [day("03-12")]: march.start } }),
      of(span("04-12", "05-12")),
      { [day("03-12")]: march.start },
    ],
    ["is new even if two renewals were not heard of", of(march), of(span("06-01", "07-01")), {}],
    [
      "is that of the period which ran then, even if its renewal was not heard of",
      of(march),
      of(span("04-20", "05-20")),
      { [day("04-20")]: day("04-01") },
    ],
    [
      "is new when it was paused until after the period",
      of(march, { status: "paused" }),
      of(span("06-10", "07-10")),
      {},
    ],
    [
      "is the previous one's when it was paused and resumed within the period",
      of(march, { status: "paused" }),
      of(span("03-20", "04-20")),
      { [day("03-20")]: march.start },
    ],
    [
      "remembers the latest few",
      of(span("03-05", "04-05"), {
        countedFrom: {
          [day("03-02")]: day("03-01"),
          [day("03-04")]: day("03-01"),
          [day("03-05")]: day("03-01"),
        },
      }),
      of(span("03-07", "04-07")),
      { [day("03-04")]: day("03-01"), [day("03-05")]: day("03-01"), [day("03-07")]: day("03-01") },
    ],
  ])("%s", (_name, before, after, expected) => {
    expect(carryCounts(before, after)).toEqual(expected);
  });

  it("is separate for each group, where a subscription has plans of two", () => {
    const [pro] = buildSubscription().items;
    if (pro === undefined) throw new Error("There is no line.");
    const with2 = (main: Period, support: Period) =>
      buildSubscription({
        items: [{ ...pro, currentPeriod: main }, buildCareItem({ currentPeriod: support })],
      });
    const before = with2(march, span("03-05", "04-05"));
    expect(carryCounts(before, with2(march, span("03-20", "04-20")))).toEqual({
      [day("03-20")]: day("03-05"),
    });
    expect(carryCounts(before, with2(span("04-01", "05-01"), span("03-05", "04-05")))).toEqual({});
  });
});
