import { describe, expect, expectTypeOf, it } from "vitest";
import { plansResponse } from "../contract/plans.js";
import { buildCatalog } from "../testing/building/build-catalog.js";
import { findAddOn, findAddOnPrice, fitsPlan } from "./add-ons.js";
import type { AddOnId, Catalog } from "./catalog.js";
import { checkCatalog } from "./check-catalog.js";
import { definePlans } from "./define-plans.js";
import { describeAddOns } from "./describe-add-ons.js";
import { describePlans } from "./describe-plans.js";

const { features, plans, products } = buildCatalog();
const storage = {
  name: "Storage",
  prices: { year: { usd: 5000 }, month: { usd: 500, eur: 450 } },
  includes: { projects: 10, export: true },
} as const;
const catalog = definePlans({
  features,
  plans: { ...plans, old: { name: "Old", retired: true, prices: { month: { usd: 1 } }, includes: {} } },
  products,
  addOns: {
    storage,
    help: { name: "Help", prices: { month: { usd: 900 } }, plans: ["pro"], maximum: 1, includes: {} },
    gone: { ...storage, retired: true },
  },
});

/** The path that is refused; `null` when the catalog is valid. */
function refusedPath(addOn: object, id = "extra"): unknown {
  try {
    checkCatalog({ ...catalog, addOns: { [id]: { ...storage, ...addOn } } } as Catalog);
    return null;
  } catch (error) {
    const { code, details, message } = error as {
      code: string;
      details: { path: string };
      message: string;
    };
    expect(code).toBe("invalid_catalog");
    expect(message).toContain(`In the catalog, ${details.path} `);
    return details.path;
  }
}

describe("add-ons in a catalog", () => {
  it("carry their names, and name only plans and features that there are", () => {
    expectTypeOf<AddOnId<typeof catalog>>().toEqualTypeOf<"storage" | "help" | "gone">();
    expectTypeOf<AddOnId<ReturnType<typeof buildCatalog>>>().toBeNever();
    expectTypeOf(catalog).toExtend<Catalog>();
    // @ts-expect-error there is no such plan
    definePlans({ features, plans, addOns: { storage: { ...storage, plans: ["teleport"] } } });
    // @ts-expect-error there is no such feature
    definePlans({ features, plans, addOns: { storage: { ...storage, includes: { teleport: true } } } });
    expect(findAddOn(catalog, "storage")?.name).toBe("Storage");
    expect(findAddOn(catalog, "toString")).toBeUndefined();
    expect(findAddOn(buildCatalog(), "storage")).toBeUndefined();
  });

  it("are sold with a plan that is paid by an interval and in a currency that they have", () => {
    expect(findAddOnPrice("storage", storage, { interval: "month", currency: "eur" })?.amount).toBe(450);
    expect(findAddOnPrice("storage", storage, { interval: "year", currency: "eur" })).toBeUndefined();
    expect(fitsPlan({ ...storage, plans: ["pro"] }, "starter")).toBe(false);
    expect(fitsPlan(storage, "starter")).toBe(true);
  });

  it("are valid where they lack an interval of their plans, or nothing is gated by them", () => {
    expect(refusedPath({})).toBeNull();
    expect(refusedPath({ prices: { year: { usd: 1 } } })).toBeNull();
    expect(refusedPath({ includes: {} })).toBeNull();
    expect(refusedPath({ plans: ["old"], prices: { month: { usd: 0 } } })).toBeNull();
  });

  it.each<[string, object, string]>([
    ["no name", { name: "" }, "addOns.extra.name"],
    ["no price", { prices: {} }, "addOns.extra.prices"],
    ["an interval that nobody bills by", { prices: { quarter: { usd: 1 } } }, "addOns.extra.prices.quarter"],
    ["no currency", { prices: { month: {} } }, "addOns.extra.prices.month"],
    ["half a cent", { prices: { month: { usd: 0.5 } } }, "addOns.extra.prices.month.usd"],
    ["a feature that there is not", { includes: { teleport: true } }, "addOns.extra.includes.teleport"],
    ["a number of a switch", { includes: { export: 3 } }, "addOns.extra.includes.export"],
    ["no plan", { plans: [] }, "addOns.extra.plans"],
    ["a plan that there is not", { plans: ["toString"] }, "addOns.extra.plans"],
    ["a free plan", { plans: ["free"] }, "addOns.extra.plans"],
    ["none at most", { maximum: 0 }, "addOns.extra.maximum"],
    ["one and a half at most", { maximum: 1.5 }, "addOns.extra.maximum"],
    ["no price that goes with any of its plans", { prices: { week: { usd: 1 } } }, "addOns.extra.prices"],
    [
      "no currency that goes with its plan",
      { plans: ["care"], prices: { month: { eur: 1 } } },
      "addOns.extra.prices",
    ],
    ["a tax that is neither", { taxBehavior: "gross" }, "addOns.extra.taxBehavior"],
  ])("are refused with %s", (_, addOn, path) => {
    expect(refusedPath(addOn)).toBe(path);
  });

  it("have an id that no plan or product has", () => {
    expect(refusedPath({}, "pro")).toBe("addOns.pro");
    expect(refusedPath({}, "credits")).toBe("addOns.credits");
    expect(refusedPath({}, "Storage")).toBe("addOns.Storage");
  });

  it("are shown in the asked currency with the plans that they may be added to, but not retired ones", () => {
    expect(describeAddOns(catalog, "eur")).toEqual([
      {
        id: "storage",
        name: "Storage",
        description: null,
        plans: ["starter", "pro", "care"],
        maximum: 10_000,
        prices: [{ interval: "month", amount: 450 }],
        includes: { projects: 10, export: true },
      },
      { id: "help", name: "Help", description: null, plans: ["pro"], maximum: 1, prices: [], includes: {} },
    ]);
    const body = { ...describePlans(catalog), addOns: describeAddOns(catalog, "usd") };
    expect(plansResponse.parse(body)).toEqual(body);
    expect(describeAddOns(buildCatalog(), "usd")).toEqual([]);
  });
});
