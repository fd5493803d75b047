import { describe, expect, it, test } from "vitest";
import { buildCatalog } from "../testing/building/build-catalog.js";
import type { Catalog, PlanDefinition } from "./catalog.js";
import { checkCatalog } from "./check-catalog.js";
import { definePlans } from "./define-plans.js";
import { describePlans } from "./describe-plans.js";
import { nearestQuantity } from "./nearest-quantity.js";
import type { PriceDefinition, TierDefinition, UsagePrice } from "./price-definition.js";
import { describeUsage, usagePricesOf, usageRatesOf } from "./usage-prices.js";

const catalog = buildCatalog();
const steps: readonly TierDefinition[] = [
  { upTo: 10, perUnit: { usd: 900, eur: 800 } },
  { upTo: "unlimited", perUnit: { usd: 700, eur: 600 }, flat: { usd: 5, eur: 4 } },
];

function withPlan(plan: Partial<PlanDefinition>): Catalog {
  return { ...catalog, plans: { ...catalog.plans, extra: { name: "Extra", includes: {}, ...plan } } };
}
function withPrice(price: object): Catalog {
  return withPlan({ prices: { month: price as PriceDefinition } });
}
function withUsage(usage: object, more: Partial<PlanDefinition> = {}): Catalog {
  return withPlan({ prices: { month: { usd: 900 } }, usage: usage as Record<string, UsagePrice>, ...more });
}
function shown(price: PriceDefinition, currency = "usd") {
  const plan = describePlans(withPrice(price), currency).plans.find(({ id }) => id === "extra");
  return plan?.prices[0];
}

describe("a price by the number that is bought", () => {
  test.each<[string, PriceDefinition, object]>([
    [
      "seats in threes",
      { perSeat: { usd: 900 }, minimum: 3, maximum: 60, step: 3 },
      { model: "per_seat", amount: 900, minimumQuantity: 3, maximumQuantity: 60, quantityStep: 3 },
    ],
    [
      "seats in fives from the first five on",
      { perSeat: { usd: 900 }, step: 5 },
      { model: "per_seat", minimumQuantity: 5, maximumQuantity: null, quantityStep: 5 },
    ],
    [
      "a base with five seats in it",
      { base: { usd: 4900 }, perSeat: { usd: 900 }, included: 5 },
      {
        model: "tiered",
        amount: 4900,
        rate: {
          kind: "graduated",
          tiers: [
            { upTo: 5, perUnit: 0, flat: 4900 },
            { upTo: null, perUnit: 900, flat: 0 },
          ],
        },
      },
    ],
    [
      "a base without any",
      { base: { usd: 4900 }, perSeat: { usd: 900 } },
      { model: "tiered", amount: 5800, rate: { tiers: [{ upTo: null, perUnit: 900, flat: 4900 }] } },
    ],
    [
      "tiers",
      { tiers: steps, mode: "volume", minimum: 11 },
      {
        model: "tiered",
        amount: 7705,
        rate: {
          kind: "volume",
          tiers: [
            { upTo: 10, perUnit: 900, flat: 0 },
            { upTo: null, perUnit: 700, flat: 5 },
          ],
        },
      },
    ],
    [
      "packages",
      { perPackage: { usd: 1000 }, size: 10 },
      {
        model: "package",
        amount: 1000,
        rate: { kind: "package", amount: 1000, size: 10 },
        minimumQuantity: 1,
      },
    ],
  ])("is described: %s", (_, price, expected) => {
    expect(() => checkCatalog(withPrice(price))).not.toThrow();
    expect(shown(price)).toMatchObject(expected);
  });

  it("has its own amounts in each currency", () => {
    expect(shown({ tiers: steps, mode: "graduated" }, "eur")?.rate).toMatchObject({
      tiers: [{ perUnit: 800 }, { perUnit: 600, flat: 4 }],
    });
  });

  test.each([
    [1, 3],
    [3, 3],
    [4, 6],
    [59, 60],
    [61, 60],
  ])("sells instead of %i the next larger number that it is sold in", (asked, sold) => {
    const bounds = { minimumQuantity: 3, maximumQuantity: 60, quantityStep: 3 };
    expect(nearestQuantity(bounds, asked)).toBe(sold);
    expect(nearestQuantity({ ...bounds, maximumQuantity: null }, 10_000)).toBe(9_999);
  });
});

describe("the price of use", () => {
  test.each<[string, UsagePrice, number, object]>([
    ["each", { perUnit: { usd: 2 } }, 0, { kind: "graduated", tiers: [{ upTo: null, perUnit: 2, flat: 0 }] }],
    [
      "each, beyond what is included",
      { perUnit: { usd: 2 } },
      1000,
      {
        kind: "graduated",
        tiers: [
          { upTo: 1000, perUnit: 0, flat: 0 },
          { upTo: null, perUnit: 2, flat: 0 },
        ],
      },
    ],
    [
      "tiers, which begin where what is included ends",
      {
        tiers: [
          { upTo: 100, perUnit: { usd: 3 } },
          { upTo: "unlimited", perUnit: { usd: 1 } },
        ],
      },
      1000,
      {
        tiers: [
          { upTo: 1000, perUnit: 0 },
          { upTo: 1100, perUnit: 3 },
          { upTo: null, perUnit: 1 },
        ],
      },
    ],
    ["packages", { perPackage: { usd: 5 }, size: 100 }, 0, { kind: "package", amount: 5, size: 100 }],
  ])("is %s", (_, price, messages, rate) => {
    const changed = withUsage({ messages: price }, { includes: messages === 0 ? {} : { messages } });
    expect(() => checkCatalog(changed)).not.toThrow();
    const [only] = usageRatesOf(changed.plans.extra ?? { name: "", includes: {} });
    expect(only).toMatchObject({ feature: "messages", currency: "usd", included: messages, rate });
    const own = changed.plans.extra ?? { name: "", includes: {} };
    expect(describeUsage(own, "usd")).toEqual([
      { feature: "messages", included: messages, rate: only?.rate },
    ]);
  });

  it("is billed with each of the plan's intervals, in the currencies in which the plan is sold by it", () => {
    const plan: PlanDefinition = {
      name: "Extra",
      includes: {},
      prices: { month: { usd: 900, eur: 800 }, year: { usd: 9000 } },
      usage: { messages: { perUnit: { usd: 2, eur: 1 } } },
    };
    const all = usagePricesOf("extra", plan).map(({ interval, currency }) => [interval, currency]);
    expect(all).toEqual([
      ["month", "usd"],
      ["month", "eur"],
      ["year", "usd"],
    ]);
  });

  it("is for features that are counted only, and the compiler says so", () => {
    definePlans({
      features: {
        export: { type: "switch", name: "Export" },
        messages: { type: "metered", name: "Messages", reset: "period" },
      },
      plans: {
        good: {
          name: "Good",
          prices: { month: { usd: 900 } },
          includes: {},
          usage: { messages: { perUnit: { usd: 2 } } },
        },
        bad: {
          name: "Bad",
          prices: { month: { usd: 900 } },
          includes: {},
          // @ts-expect-error a switch is not counted
          usage: { export: { perUnit: { usd: 2 } } },
        },
      },
    });
  });
});

describe("checkCatalog", () => {
  const month = "plans.extra.prices.month";
  const messages = "plans.extra.usage.messages";
  const seats = { perSeat: { usd: 900 } };
  const open = { upTo: "unlimited", perUnit: { usd: 700 } };
  const last = (upTo: unknown) => ({ tiers: [{ upTo, perUnit: { usd: 1 } }, open], mode: "graduated" });
  test.each<[string, Catalog, string]>([
    ["a step of nothing", withPrice({ ...seats, step: 0 }), month],
    ["a maximum between two steps", withPrice({ ...seats, step: 3, maximum: 10 }), `${month}.maximum`],
    ["half a seat included", withPrice({ ...seats, included: 0.5 }), `${month}.included`],
    ["a base in another currency", withPrice({ ...seats, base: { eur: 1 } }), `${month}.base`],
    ["a base with decimals", withPrice({ ...seats, base: { usd: 0.5 } }), `${month}.base.usd`],
    ["no tier", withPrice({ tiers: [], mode: "volume" }), `${month}.tiers`],
    ["an unknown mode", withPrice({ tiers: [open], mode: "stairs" }), `${month}.mode`],
    ["tiers that end", withPrice({ tiers: [{ ...open, upTo: 5 }], mode: "volume" }), `${month}.tiers.0.upTo`],
    [
      "a tier after the last one",
      withPrice({ tiers: [open, open], mode: "volume" }),
      `${month}.tiers.0.upTo`,
    ],
    ["a tier up to nothing", withPrice(last(0)), `${month}.tiers.0.upTo`],
    ["a tier that no quantity leaves", withPrice(last(10_000)), `${month}.tiers`],
    [
      "tiers that run backwards",
      withPrice({ tiers: [{ ...open, upTo: 5 }, { ...open, upTo: 5 }, open], mode: "volume" }),
      `${month}.tiers.1.upTo`,
    ],
    [
      "a tier without an amount",
      withPrice({ tiers: [{ upTo: "unlimited" }], mode: "volume" }),
      `${month}.tiers.0`,
    ],
    [
      "a tier in another currency",
      withPrice({ tiers: [{ upTo: 5, perUnit: { eur: 1 } }, open], mode: "volume" }),
      `${month}.tiers.1`,
    ],
    ["a package of one", withPrice({ perPackage: { usd: 1 }, size: 1 }), `${month}.size`],
    [
      "use of what is not counted",
      withUsage({ projects: { perUnit: { usd: 1 } } }),
      "plans.extra.usage.projects",
    ],
    [
      "use of what is counted for good",
      {
        ...withUsage({ messages: { perUnit: { usd: 1 } } }),
        features: { ...catalog.features, messages: { type: "metered", name: "M", reset: "never" } },
      },
      messages,
    ],
    [
      "use of a plan without prices",
      withPlan({ contactUrl: "mailto:a@b.co", usage: { messages: { perUnit: { usd: 1 } } } }),
      messages,
    ],
    [
      "use for a fraction of a cent",
      withUsage({ messages: { perUnit: { usd: 0.5 } } }),
      `${messages}.perUnit.usd`,
    ],
    ["use for nothing that is known", withUsage({ messages: {} }), messages],
    [
      "use in another currency than the plan",
      withUsage({ messages: { perUnit: { eur: 1 } } }),
      `${messages}.usd`,
    ],
    [
      "use of what is included without end",
      withUsage({ messages: { perUnit: { usd: 1 } } }, { includes: { messages: "unlimited" } }),
      messages,
    ],
    [
      "packages beyond what is included",
      withUsage({ messages: { perPackage: { usd: 1 }, size: 10 } }, { includes: { messages: 5 } }),
      messages,
    ],
    [
      "volume tiers beyond what is included",
      withUsage({ messages: { tiers: [open], mode: "volume" } }, { includes: { messages: 5 } }),
      messages,
    ],
  ])("refuses %s", (_, changed, path) => {
    expect(() => checkCatalog(changed)).toThrow(
      expect.objectContaining({ code: "invalid_catalog", details: { path } }),
    );
  });
});
