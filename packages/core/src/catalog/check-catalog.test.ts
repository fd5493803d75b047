import { describe, expect, it } from "vitest";
import { buildCatalog } from "../testing/building/build-catalog.js";
import type { Catalog, PlanDefinition } from "./catalog.js";
import { checkCatalog } from "./check-catalog.js";

const catalog = buildCatalog();
const includes = {};

/** The path that is refused; `null` when the catalog is valid. */
function refusedPath(changed: object): unknown {
  try {
    checkCatalog({ ...catalog, ...changed } as Catalog);
    return null;
  } catch (error) {
    expect(error).toMatchObject({ name: "BillingError", code: "invalid_catalog" });
    const { details, message } = error as { details: { path: string }; message: string };
    expect(message).toContain(`In the catalog, ${details.path} `);
    return details.path;
  }
}
const withPlan = (plan: object, id = "extra") => ({
  plans: { ...catalog.plans, [id]: { name: "Extra", includes, ...plan } },
});
const priced = (price: object) => withPlan({ prices: { month: price } });
const credits = { tokens: { name: "Tokens" } };
const withTokens = (granted: object) => ({
  credits,
  ...withPlan({ prices: { month: { usd: 1 } }, credits: { tokens: { amount: 5, ...granted } } }),
});
const withPack = (product: object) => ({
  credits,
  products: { pack: { name: "Pack", price: { usd: 1 }, ...product } },
});

describe("checkCatalog", () => {
  it.each([
    ["of what is not metered", { projects: "allowed" }],
    ["of what is not in the catalog", { teleport: "allowed" }],
    ["of another kind", { messages: "billed" }],
  ])("refuses an overage %s", (_name, overage) => {
    const [id] = Object.keys(overage);
    expect(refusedPath(withPlan({ overage }))).toBe(`plans.extra.overage.${id}`);
  });

  it("accepts an overage, unless the use has a price", () => {
    const prices = { month: { usd: 900 } };
    const overage = { messages: "allowed" };
    expect(refusedPath(withPlan({ prices, overage }))).toBeNull();
    const usage = { messages: { perUnit: { usd: 2 } } };
    expect(refusedPath(withPlan({ prices, overage, usage }))).toBe("plans.extra.overage.messages");
  });

  it.each<[string, object]>([
    ["for what is not metered", { projects: 3 }],
    ["for what is not in the catalog", { teleport: 3 }],
    ["below nothing", { messages: -1 }],
    ["that is no whole number", { messages: 1.5 }],
    ["of no share", { messages: { percent: 0 } }],
    ["of more than all", { messages: { percent: 101 } }],
    ["of something else", { messages: "half" }],
  ])("refuses a member's limit %s", (_name, perMember) => {
    const [id] = Object.keys(perMember);
    expect(refusedPath(withPlan({ perMember }))).toBe(`plans.extra.perMember.${id}`);
  });

  it("accepts members' limits, but for a share of what is unlimited", () => {
    const prices = { month: { usd: 900 } };
    const share = { prices, perMember: { messages: { percent: 12.5 } } };
    expect(refusedPath(withPlan({ prices, perMember: { messages: 0 } }))).toBeNull();
    expect(refusedPath(withPlan({ ...share, includes: { messages: 10 } }))).toBeNull();
    const unlimited = withPlan({ ...share, includes: { messages: "unlimited" } });
    expect(refusedPath(unlimited)).toBe("plans.extra.perMember.messages");
  });

  it.each<[string, object, string]>([
    ["of what is not metered", { projects: { count: 1 } }, "projects"],
    ["of what ends anyway", { messages: { count: 1 } }, "messages"],
  ])("refuses a cap %s", (_name, caps, path) => {
    expect(refusedPath(withPlan({ caps }))).toBe(`plans.extra.caps.${path}`);
  });

  it.each<[string, object, string | null]>([
    ["of nothing", {}, "messages"],
    ["of less than nothing", { count: -1 }, "messages.count"],
    ["of half a message", { count: 0.5 }, "messages.count"],
    ["in a currency alone that the plan is not sold in", { amounts: { eur: 100 } }, "messages.amounts.usd"],
    ["of half a cent", { amounts: { usd: 0.5 } }, "messages.amounts.usd"],
    ["of both", { count: 0, amounts: { usd: 10_000 } }, null],
  ])("looks at a cap %s", (_name, cap, path) => {
    const billed = { prices: { month: { usd: 900 } }, usage: { messages: { perUnit: { usd: 2 } } } };
    const refused = refusedPath(withPlan({ ...billed, caps: { messages: cap } }));
    expect(refused).toBe(path && `plans.extra.caps.${path}`);
  });

  it("refuses money as the cap of use that costs nothing", () => {
    const overage = { messages: "allowed" };
    const prices = { month: { usd: 900 } };
    expect(refusedPath(withPlan({ prices, overage, caps: { messages: { count: 5 } } }))).toBeNull();
    const caps = { messages: { amounts: { usd: 100 } } };
    expect(refusedPath(withPlan({ prices, overage, caps }))).toBe("plans.extra.caps.messages.amounts");
  });

  it.each([[[0]], [[101]], [[50.5]], [[80, 80]], [["80"]], [80]])("refuses thresholds of %j", (alertAt) => {
    const messages = { type: "metered", name: "Messages", reset: "period", alertAt };
    expect(refusedPath({ features: { ...buildCatalog().features, messages } })).toBe(
      "features.messages.alertAt",
    );
  });

  it("accepts a valid catalog, retired and zero-priced plans included", () => {
    expect(refusedPath({})).toBeNull();
    expect(refusedPath(withPlan({ retired: true }))).toBeNull();
    expect(refusedPath(priced({ usd: 0, jpy: 500 }))).toBeNull();
    const often = {
      day: { usd: 100 },
      "2_weeks": { usd: 900 },
      "3_months": { usd: 4900 },
      "3_years": { usd: 1 },
    };
    expect(refusedPath(withPlan({ prices: often }))).toBeNull();
    expect(refusedPath({ credits: { tokens: { name: "Tokens", lowAt: 0 } } })).toBeNull();
    expect(refusedPath(withPlan({ contactUrl: "https://example.com/sales" }))).toBeNull();
    const taxed = { taxCode: "txcd_10103001", taxBehavior: { usd: "exclusive", eur: "inclusive" } };
    expect(refusedPath(withPlan({ ...taxed, prices: { month: { usd: 1, eur: 1 } } }))).toBeNull();
  });

  it.each<[string, object, string]>([
    ["no plan", { plans: {} }, "plans"],
    [
      "a plan of credits that are not there",
      withPlan({ credits: { coins: { amount: 1 } } }),
      "plans.extra.credits.coins",
    ],
    ["no credits of a plan", withTokens({ amount: 0 }), "plans.extra.credits.tokens.amount"],
    ["a rollover of less than one", withTokens({ rollover: 0 }), "plans.extra.credits.tokens.rollover"],
    ["a priority beyond 100", withTokens({ priority: 101 }), "plans.extra.credits.tokens.priority"],
    ["no credits of a product", withPack({ credits: { tokens: 0 } }), "products.pack.credits.tokens"],
    ["days for no credits", withPack({ creditsExpireAfterDays: 30 }), "products.pack.creditsExpireAfterDays"],
    [
      "no days",
      withPack({ credits: { tokens: 5 }, creditsExpireAfterDays: 0 }),
      "products.pack.creditsExpireAfterDays",
    ],
    ["credits that are no id", { credits: { "My Tokens": { name: "Tokens" } } }, "credits.My Tokens"],
    ["credits without a name", { credits: { tokens: { name: "" } } }, "credits.tokens.name"],
    ["part of a credit", { credits: { tokens: { name: "Tokens", lowAt: 0.5 } } }, "credits.tokens.lowAt"],
    ["two free plans", withPlan({}), "plans"],
    ["two featured plans", withPlan({ featured: true, prices: { month: { usd: 1 } } }), "plans"],
    ["a free add-on", { plans: { addon: { name: "A", group: "addons", includes } } }, "plans.addon.group"],
    ["a plan id with capitals", withPlan({}, "Pro"), "plans.Pro"],
    ["a plan id that is empty", withPlan({}, ""), "plans."],
    ["a plan id that is too long", withPlan({}, "a".repeat(41)), `plans.${"a".repeat(41)}`],
    ["a plan without a name", withPlan({ name: " " }), "plans.extra.name"],
    ["a group that is not an id", withPlan({ group: "My Group" }), "plans.extra.group"],
    ["a trial of half a day", withPlan({ trialDays: 0.5 }), "plans.extra.trialDays"],
    ["a negative trial", withPlan({ trialDays: -1 }), "plans.extra.trialDays"],
    ["a trial of three years", withPlan({ trialDays: 1095 }), "plans.extra.trialDays"],
    [
      "a trial without a card, of no days",
      withPlan({ prices: { month: { usd: 1 } }, trialWithoutCard: "pause" }),
      "plans.extra.trialWithoutCard",
    ],
    [
      "a trial without a card that ends otherwise",
      withPlan({ prices: { month: { usd: 1 } }, trialDays: 7, trialWithoutCard: "charge" as "pause" }),
      "plans.extra.trialWithoutCard",
    ],
    ["a trial of something free", withPlan({ trialDays: 14 }), "plans.extra.trialDays"],
    [
      "a price of no trial",
      withPlan({ prices: { month: { usd: 900, eur: 800 } }, trialPrice: { usd: 100, eur: 90 } }),
      "plans.extra.trialPrice",
    ],
    [
      "a price of a trial without a card",
      withPlan({
        prices: { month: { usd: 900, eur: 800 } },
        trialDays: 7,
        trialWithoutCard: "pause",
        trialPrice: { usd: 100, eur: 90 },
      }),
      "plans.extra.trialPrice",
    ],
    [
      "a trial with no price in euros",
      withPlan({ prices: { month: { usd: 900, eur: 800 } }, trialDays: 7, trialPrice: { usd: 100 } }),
      "plans.extra.trialPrice.eur",
    ],
    [
      "a trial with a price in pounds",
      withPlan({
        prices: { month: { usd: 900, eur: 800 } },
        trialDays: 7,
        trialPrice: { usd: 100, eur: 90, gbp: 80 },
      }),
      "plans.extra.trialPrice.gbp",
    ],
    [
      "a trial that costs nothing",
      withPlan({ prices: { month: { usd: 900, eur: 800 } }, trialDays: 7, trialPrice: { usd: 0, eur: 90 } }),
      "plans.extra.trialPrice.usd",
    ],
    [
      "a trial that costs half a cent",
      withPlan({
        prices: { month: { usd: 900, eur: 800 } },
        trialDays: 7,
        trialPrice: { usd: 0.5, eur: 90 },
      }),
      "plans.extra.trialPrice.usd",
    ],
    ["a script as contact", withPlan({ contactUrl: "javascript:alert(1)" }), "plans.extra.contactUrl"],
    ["an empty contact", withPlan({ contactUrl: "" }), "plans.extra.contactUrl"],
    [
      "a contact and prices",
      withPlan({ contactUrl: "mailto:a@b.co", prices: { month: { usd: 1 } } }),
      "plans.extra.contactUrl",
    ],
    ["an empty tax code", withPlan({ taxCode: " " }), "plans.extra.taxCode"],
    ["a tax that is neither", withPlan({ taxBehavior: "gross" }), "plans.extra.taxBehavior"],
    ["no tax by currency", withPlan({ taxBehavior: {} }), "plans.extra.taxBehavior"],
    [
      "a product's tax that is neither",
      { products: { book: { name: "Book", price: { usd: 1 }, taxBehavior: { usd: "net" } } } },
      "products.book.taxBehavior",
    ],
    ["prices without an interval", withPlan({ prices: {} }), "plans.extra.prices"],
    ["an unknown interval", withPlan({ prices: { quarter: { usd: 1 } } }), "plans.extra.prices.quarter"],
    ["four years", withPlan({ prices: { "4_years": { usd: 1 } } }), "plans.extra.prices.4_years"],
    ["a year in months", withPlan({ prices: { "12_months": { usd: 1 } } }), "plans.extra.prices.12_months"],
    ["a price without a currency", priced({}), "plans.extra.prices.month"],
    ["a currency in capitals", priced({ USD: 100 }), "plans.extra.prices.month.USD"],
    ["a currency that does not exist", priced({ zzz: 100 }), "plans.extra.prices.month.zzz"],
    ["an amount with decimals", priced({ usd: 29.99 }), "plans.extra.prices.month.usd"],
    ["a negative amount", priced({ usd: -1 }), "plans.extra.prices.month.usd"],
    ["an amount that is text", priced({ usd: "2900" }), "plans.extra.prices.month.usd"],
    ["seats from zero", priced({ perSeat: { usd: 1 }, minimum: 0 }), "plans.extra.prices.month"],
    [
      "seats below the minimum",
      priced({ perSeat: { usd: 1 }, minimum: 5, maximum: 4 }),
      "plans.extra.prices.month",
    ],
    [
      "more seats than a checkout sells",
      priced({ perSeat: { usd: 1 }, maximum: 10_001 }),
      "plans.extra.prices.month",
    ],
    ["half a seat", priced({ perSeat: { usd: 1 }, minimum: 1.5 }), "plans.extra.prices.month"],
    [
      "a feature that does not exist",
      withPlan({ includes: { teleport: true } }),
      "plans.extra.includes.teleport",
    ],
    [
      "a feature of Object.prototype",
      withPlan({ includes: { constructor: 1 } }),
      "plans.extra.includes.constructor",
    ],
    ["a number for a switch", withPlan({ includes: { export: 1 } }), "plans.extra.includes.export"],
    ["a switch for a limit", withPlan({ includes: { projects: true } }), "plans.extra.includes.projects"],
    ["a negative limit", withPlan({ includes: { projects: -1 } }), "plans.extra.includes.projects"],
    ["an unknown type", { features: { a: { type: "boolean", name: "A" } } }, "features.a.type"],
    [
      "a metered feature without reset",
      { features: { a: { type: "metered", name: "A" } } },
      "features.a.reset",
    ],
    ["a feature id with spaces", { features: { "a b": { type: "switch", name: "A" } } }, "features.a b"],
    ["a feature without a name", { features: { a: { type: "switch", name: "" } } }, "features.a.name"],
    ["a product id with a dot", { products: { "a.b": { name: "A", price: { usd: 1 } } } }, "products.a.b"],
    ["a product without a price", { products: { a: { name: "A", price: {} } } }, "products.a.price"],
    [
      "a product that is sold once or so",
      { products: { a: { name: "A", price: { usd: 1 }, once: "yes" as never } } },
      "products.a.once",
    ],
    ["a product without a name", { products: { a: { name: "", price: { usd: 1 } } } }, "products.a.name"],
    ["a product with a plan's id", { products: { pro: { name: "A", price: { usd: 1 } } } }, "products.pro"],
  ])("refuses %s", (_, changed, path) => {
    expect(refusedPath(changed)).toBe(path);
  });

  it("says what it should be", () => {
    const plans: Record<string, PlanDefinition> = {
      pro: { name: "Pro", prices: { month: { usd: 29.9 } }, includes },
    };
    expect(() => checkCatalog({ ...catalog, plans })).toThrow(
      "In the catalog, plans.pro.prices.month.usd must be a whole number of minor units (2900 is $29.00).",
    );
  });
});

it.each([
  ["12_months", "is written year"],
  ["1_weeks", "is written week"],
  ["14_days", "is written 2_weeks"],
  ["quarter", 'like "3_months"'],
])("says how the interval %s is written", (interval, said) => {
  const changed = { ...catalog, ...withPlan({ prices: { [interval]: { usd: 1 } } }) } as Catalog;
  expect(() => checkCatalog(changed)).toThrow(said);
});
