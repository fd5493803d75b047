import { expect, it } from "vitest";
import { introCost } from "../language/intro-terms.js";
import type { Catalog, PlanDefinition } from "./catalog.js";
import { checkCatalog } from "./check-catalog.js";
import { definePlans } from "./define-plans.js";
import { describeIntros, introMonths } from "./intro.js";

const price = { usd: 2900, eur: 2700 };
const prices = { month: price, year: { usd: 29_000 }, week: { usd: 700 }, "3_months": { usd: 8_000 } };
const refusedPath = (plan: object) => {
  try {
    checkCatalog({
      features: {},
      plans: { pro: { name: "Pro", prices, includes: {}, ...plan } },
      products: {},
    } as Catalog);
    return null;
  } catch (error) {
    return (error as { details?: { path?: string } }).details?.path?.replace("plans.pro.", "");
  }
};
const monthly = (month: object) => ({ intro: { month } });

it.each<[string, object]>([
  ["a part of the first payment", monthly({ percentOff: 50 })],
  ["a part with two decimals", monthly({ percentOff: 33.33, payments: 3 })],
  ["an amount in each currency", monthly({ amountOff: { usd: 1450, eur: 1350 }, payments: 36 })],
  ["one by the week", { intro: { week: { percentOff: 10 } } }],
  ["two years", { intro: { year: { percentOff: 10, payments: 2 } } }],
  ["none", { intro: {} }],
])("takes %s", (_, plan) => {
  expect(refusedPath(plan)).toBeNull();
});

it.each<[string, object, string]>([
  ["one for all intervals", { intro: { percentOff: 50 } }, "intro.percentOff"],
  ["what is no object", { intro: 50 }, "intro"],
  ["an interval that the plan is not sold by", { intro: { day: { percentOff: 5 } } }, "intro.day"],
  ["one of a free plan", { prices: undefined, ...monthly({ percentOff: 5 }) }, "intro.month"],
  ["one beside a trial", { trialDays: 7, ...monthly({ percentOff: 5 }) }, "intro"],
  ["nothing", monthly({}), "intro.month"],
  ["both", monthly({ percentOff: 5, amountOff: price }), "intro.month"],
  ["no part", monthly({ percentOff: 0 }), "intro.month.percentOff"],
  ["everything", monthly({ percentOff: 100 }), "intro.month.percentOff"],
  ["three decimals", monthly({ percentOff: 33.333 }), "intro.month.percentOff"],
  ["a part as a text", monthly({ percentOff: "50" }), "intro.month.percentOff"],
  ["half a payment", monthly({ percentOff: 5, payments: 1.5 }), "intro.month.payments"],
  ["no payment", monthly({ percentOff: 5, payments: 0 }), "intro.month.payments"],
  ["more than three years", monthly({ percentOff: 5, payments: 37 }), "intro.month.payments"],
  ["two weeks", { intro: { week: { percentOff: 5, payments: 2 } } }, "intro.week.payments"],
  ["a currency less", monthly({ amountOff: { usd: 100 } }), "intro.month.amountOff.eur"],
  ["a currency more", monthly({ amountOff: { usd: 1, eur: 1, gbp: 1 } }), "intro.month.amountOff.gbp"],
  ["the whole price", monthly({ amountOff: { usd: 2900, eur: 1 } }), "intro.month.amountOff.usd"],
  ["no amount", monthly({ amountOff: { usd: 0, eur: 1 } }), "intro.month.amountOff.usd"],
  ["half a cent", monthly({ amountOff: { usd: 0.5, eur: 1 } }), "intro.month.amountOff.usd"],
])("refuses %s, and says where", (_, plan, path) => {
  expect(refusedPath(plan)).toBe(path);
});

it("is typed: a part or an amount, never both, for intervals that there are", () => {
  const both: PlanDefinition = {
    ...{ name: "Pro", prices: { month: price }, includes: {} },
    // @ts-expect-error one of them
    intro: { month: { percentOff: 5, amountOff: price } },
  };
  // @ts-expect-error no such interval
  const fortnight: PlanDefinition["intro"] = { fortnight: { percentOff: 5 } };
  expect([both, fortnight]).toHaveLength(2);
});

it("rounds a part once, of the whole payment", () => {
  expect(introCost({ percentOff: 33.33, amountOff: null }, 999)).toBe(666);
  expect(introCost({ percentOff: 50, amountOff: null }, 25)).toBe(12);
  expect(introCost({ percentOff: null, amountOff: 30 }, 25)).toBe(0);
});

it("lasts for one payment, or for the months of all of them", () => {
  expect(introMonths({ payments: 1 }, "year")).toBeNull();
  expect(introMonths({ payments: 3 }, "month")).toBe(3);
  expect(introMonths({ payments: 2 }, "year")).toBe(24);
  expect(introMonths({ payments: 2 }, "3_months")).toBe(6);
  expect(introMonths({ payments: 1 }, "week")).toBeNull();
});

it("is described in one currency, for the smallest quantity that is sold", () => {
  const { plans } = definePlans({
    features: {},
    plans: {
      team: {
        name: "Team",
        prices: { month: { perSeat: { usd: 1_000, eur: 900 }, minimum: 3 }, year: { usd: 30_000 } },
        intro: { month: { percentOff: 20, payments: 2 }, year: { amountOff: { usd: 5_000 } } },
        includes: {},
      },
    },
  });
  const part = { interval: "month", percentOff: 20, amountOff: null, payments: 2 };
  expect(describeIntros(plans.team, "eur")).toEqual([{ ...part, amount: 2_160, regular: 2_700 }]);
  expect(describeIntros(plans.team, "usd")).toEqual([
    { ...part, amount: 2_400, regular: 3_000 },
    { interval: "year", percentOff: null, amountOff: 5_000, payments: 1, amount: 25_000, regular: 30_000 },
  ]);
});
