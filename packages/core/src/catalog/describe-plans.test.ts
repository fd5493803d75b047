import { describe, expect, it } from "vitest";
import { buildCatalog } from "../testing/building/build-catalog.js";
import type { Catalog, PlanDefinition } from "./catalog.js";
import { definePlans } from "./define-plans.js";
import { describeForSale } from "./describe-for-sale.js";
import { describePlainPlans, sketchPlans } from "./describe-plain-plans.js";
import { describePlans } from "./describe-plans.js";
import { currenciesOf, findPlan, freePlanId } from "./prices.js";

const catalog = buildCatalog();

describe("describePlans", () => {
  it("describes every plan in the requested currency, in the catalog's order", () => {
    const { currency, currencies, plans } = describePlans(catalog, "eur");
    expect({ currency, currencies }).toEqual({ currency: "eur", currencies: ["usd", "eur"] });
    expect(plans.map(({ id, kind }) => [id, kind])).toEqual([
      ["free", "free"],
      ["starter", "paid"],
      ["pro", "paid"],
      ["team", "paid"],
      ["enterprise", "contact"],
      ["care", "paid"],
    ]);
    expect(plans.find(({ id }) => id === "pro")).toEqual({
      id: "pro",
      name: "Pro",
      description: null,
      group: "main",
      featured: true,
      trialDays: 14,
      kind: "paid",
      contactUrl: null,
      prices: [
        { interval: "month", amount: 2700, model: "flat", minimumQuantity: 1, maximumQuantity: 1 },
        { interval: "year", amount: 27_000, model: "flat", minimumQuantity: 1, maximumQuantity: 1 },
      ],
      includes: { export: true, projects: 50, messages: 10_000 },
    });
  });

  it("describes seats with their bounds", () => {
    const team = describePlans(catalog).plans.find(({ id }) => id === "team");
    const seats = { model: "per_seat", minimumQuantity: 2, maximumQuantity: 100 };
    expect(team?.prices).toEqual([{ interval: "month", amount: 1500, ...seats }]);
  });

  it.each([undefined, "gbp", "__proto__", ""])("falls back to the first currency for %j", (asked) => {
    expect(describePlans(catalog, asked).currency).toBe("usd");
  });

  it("accepts the currency in upper or lower case", () => {
    expect(describePlans(catalog, "EUR").currency).toBe("eur");
  });

  it("leaves out retired plans, what is not granted, and products without the currency", () => {
    const plans = definePlans({
      features: { export: { type: "switch", name: "Export" }, seats: { type: "limit", name: "Seats" } },
      plans: {
        old: { name: "Old", retired: true, prices: { month: { usd: 1 } }, includes: {} },
        pro: { name: "Pro", prices: { month: { eur: 1 } }, includes: { export: false, seats: 0 } },
      },
      products: { credits: { name: "Credits", price: { usd: 100 } } },
    });
    const described = describePlans(plans, "eur");
    expect(described.plans.map(({ id, includes }) => [id, includes])).toEqual([["pro", {}]]);
    expect(described.products).toEqual([]);
    expect(describePlans(plans, "usd").products).toMatchObject([{ id: "credits", amount: 100 }]);
  });
});

describe("prices", () => {
  it("lists every currency once, the catalog's first one first", () => {
    expect(currenciesOf(catalog)).toEqual(["usd", "eur"]);
  });

  it("finds own plans only", () => {
    expect(findPlan(catalog, "pro")?.name).toBe("Pro");
    for (const id of ["toString", "__proto__", "constructor", ""])
      expect(findPlan(catalog, id)).toBeUndefined();
  });

  it("knows the free plan, if there is one", () => {
    expect(freePlanId(catalog)).toBe("free");
    const { free: _, ...plans } = catalog.plans;
    expect(freePlanId({ ...catalog, plans })).toBeNull();
  });
});

describe("describePlainPlans", () => {
  const withPro = (plan: Partial<PlanDefinition>): Catalog => ({
    ...catalog,
    plans: { ...catalog.plans, pro: { name: "Pro", includes: {}, ...plan } },
  });
  const seats = { perSeat: { usd: 900, eur: 800 } };

  it.each<[string, Catalog]>([
    ["flat and per-seat prices", catalog],
    ["seats in steps", withPro({ prices: { "3_months": { ...seats, step: 3, maximum: 60 } } })],
    ["seats from a number on", withPro({ prices: { year: { ...seats, minimum: 5 }, month: { usd: 900 } } })],
  ])("says of %s what describePlans says, in every currency", (_, plain) => {
    for (const currency of [undefined, "usd", "EUR", "chf"]) {
      expect(describePlainPlans(plain, currency)).toEqual(describePlans(plain, currency));
    }
  });

  it.each<[string, Partial<PlanDefinition>]>([
    ["a base", { prices: { month: { ...seats, base: { usd: 4900 } } } }],
    ["seats that are included", { prices: { month: { ...seats, included: 5 } } }],
    ["tiers", { prices: { month: { mode: "volume", tiers: [{ upTo: "unlimited", flat: { usd: 1 } }] } } }],
    ["packages", { prices: { month: { perPackage: { usd: 10_000 }, size: 10 } } }],
    ["a price for use", { prices: { month: { usd: 900 } }, usage: { messages: { perUnit: { usd: 2 } } } }],
  ])("leaves %s to the server, and has an outline of it", (_, plan) => {
    const other = withPro(plan);
    expect(describePlainPlans(other)).toBeNull();
    const { plans, ...rest } = describePlans(other);
    const outline = sketchPlans(other);
    expect(outline).toMatchObject(rest);
    const withoutPrices = (all: typeof plans) =>
      all.map(({ prices, ...one }) => ({ ...one, sold: prices.length }));
    expect(withoutPrices(outline.plans)).toEqual(withoutPrices(plans));
  });
});

it("describes what is for sale with what use costs and what may be added", () => {
  const plans = definePlans({
    features: { messages: { type: "metered", name: "Messages", reset: "period" } },
    plans: {
      pro: {
        name: "Pro",
        prices: { month: { usd: 900 } },
        usage: { messages: { perUnit: { usd: 2 } } },
        includes: { messages: 1000 },
      },
    },
    addOns: { pack: { name: "Pack", prices: { month: { usd: 100 } }, includes: { messages: 10 } } },
  });
  const described = describeForSale(plans);
  expect(described.plans[0]?.usage).toMatchObject([{ feature: "messages", included: 1000 }]);
  expect(described.addOns?.map(({ id }) => id)).toEqual(["pack"]);
});
