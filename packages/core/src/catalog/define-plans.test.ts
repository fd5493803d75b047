import { describe, expect, expectTypeOf, it } from "vitest";
import { createAccess } from "../access/create-access.js";
import { decideAccess } from "../access/decide-access.js";
import { buildCatalog } from "../testing/building/build-catalog.js";
import type { Catalog, FeatureId, PlanId, ProductId } from "./catalog.js";
import { definePlans } from "./define-plans.js";

const plans = buildCatalog();
type Plans = typeof plans;

describe("definePlans", () => {
  it("gives back what it was given, with an empty list of products if there are none", () => {
    const features = { export: { type: "switch", name: "Export" } } as const;
    const bare = definePlans({ features, plans: { free: { name: "Free", includes: {} } } });
    expect(bare).toEqual({ features, plans: { free: { name: "Free", includes: {} } }, products: {} });
    expectTypeOf<ProductId<typeof bare>>().toBeNever();
  });

  it("makes unions of the names, which editors complete", () => {
    expectTypeOf<FeatureId<Plans>>().toEqualTypeOf<"export" | "projects" | "messages" | "support">();
    expectTypeOf<PlanId<Plans>>().toEqualTypeOf<
      "free" | "starter" | "pro" | "team" | "enterprise" | "care"
    >();
    expectTypeOf<ProductId<Plans>>().toEqualTypeOf<"credits">();
    expectTypeOf(plans).toExtend<Catalog>();
  });

  it("carries names to access: one that does not exist does not compile", () => {
    const state = decideAccess({ catalog: plans, customer: null, subscriptions: [], now: new Date(0) });
    const access = createAccess<Plans>(state);
    expectTypeOf(access.check).parameter(0).toEqualTypeOf<FeatureId<Plans>>();
    expect(access.check("export").allowed).toBe(false);
    // @ts-expect-error there is no such feature
    expect(() => access.check("teleport")).toThrow('no feature "teleport"');
  });

  it("refuses at compile time what the catalog can't mean", () => {
    const features = {
      export: { type: "switch", name: "Export" },
      projects: { type: "limit", name: "Projects" },
    } as const;
    const name = "Pro";
    // @ts-expect-error an unknown feature
    definePlans({ features, plans: { pro: { name, includes: { teleport: true } } } });
    // @ts-expect-error a switch has no number
    definePlans({ features, plans: { pro: { name, includes: { export: 3 } } } });
    // @ts-expect-error a limit is not on or off
    definePlans({ features, plans: { pro: { name, includes: { projects: true } } } });
    // @ts-expect-error an unknown interval
    definePlans({ features, plans: { pro: { name, prices: { quarter: { usd: 100 } }, includes: {} } } });
    // @ts-expect-error a unit of which there are several is a plural
    definePlans({ features, plans: { pro: { name, prices: { "3_month": { usd: 100 } }, includes: {} } } });
    definePlans({ features, plans: { pro: { name, prices: { "3_months": { usd: 100 } }, includes: {} } } });
    // @ts-expect-error an amount is a number
    definePlans({ features, plans: { pro: { name, prices: { month: { usd: "29" } }, includes: {} } } });
    // @ts-expect-error a metered feature says when it starts again
    definePlans({ features: { messages: { type: "metered", name } }, plans: {} });
    definePlans({ features, plans: { pro: { name, includes: { projects: "unlimited", export: false } } } });
  });
});
