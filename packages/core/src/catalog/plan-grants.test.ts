import { expect, it } from "vitest";
import { createAccess } from "../access/create-access.js";
import { decideAccess } from "../access/decide-access.js";
import { decideCheckout } from "../checkout/decide-checkout.js";
import { buildCatalog } from "../testing/building/build-catalog.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { describePlans } from "./describe-plans.js";
import { grantsOf, withDeparted } from "./plan-grants.js";

const full = buildCatalog();
const { pro: _, ...others } = full.plans;
const without = { ...full, plans: others };
const remembered = grantsOf(full);
const customer = { id: "org_1", canManage: true, hasBillingAccount: true };
const now = new Date("2026-03-10T12:00:00.000Z");

it("knows what every plan except the free one grants, retired ones included", () => {
  const retired = { ...full, plans: { ...full.plans, pro: { ...full.plans.pro, retired: true } } };
  expect(grantsOf(retired).map(({ planId }) => planId)).toEqual([
    "starter",
    "pro",
    "team",
    "enterprise",
    "care",
  ]);
  expect(grantsOf(retired)).toContainEqual({
    planId: "pro",
    name: "Pro",
    group: "main",
    includes: full.plans.pro.includes,
  });
});

it("gives anyone on a plan that left the catalog what it granted", () => {
  const decide = (catalog: typeof without) =>
    decideAccess({ catalog, customer, subscriptions: [buildSubscription()], now });
  const before = decideAccess({ catalog: full, customer, subscriptions: [buildSubscription()], now });
  const kept = decide(withDeparted(without, remembered) as typeof without);
  expect(kept).toMatchObject({ planId: "pro", attention: null, subscription: { planId: "pro" } });
  expect(kept.features).toEqual(before.features);
  expect(createAccess(kept).check("export")).toMatchObject({ allowed: true });
  expect(decide(without)).toMatchObject({ planId: "free", attention: "unknown_plan" });
});

it("keeps it in its group, so that it doesn't take another plan's place", () => {
  const { care, ...main } = full.plans;
  const catalog = withDeparted({ ...full, plans: main }, remembered);
  expect(catalog.plans.care).toEqual({
    name: care.name,
    group: "support",
    includes: care.includes,
    retired: true,
  });
});

it("neither shows nor sells it", () => {
  const catalog = withDeparted(without, remembered);
  expect(describePlans(catalog)).toEqual(describePlans(without));
  const choice = { planId: "pro", interval: "month", currency: "usd", quantity: 1 } as const;
  expect(() => decideCheckout({ catalog, subscriptions: [], choice })).toThrow(
    expect.objectContaining({ code: "plan_not_for_sale" }),
  );
});

it("leaves what the catalog says about its own plans, and the catalog itself where none is missing", () => {
  expect(withDeparted(full, remembered)).toBe(full);
  const poorer = { ...without, plans: { ...others, starter: { ...others.starter, includes: {} } } };
  expect(withDeparted(poorer, remembered).plans.starter?.includes).toEqual({});
});

it("doesn't take a name that every object has for a plan", () => {
  const [starter] = remembered;
  if (starter === undefined) throw new Error("Nothing is remembered.");
  const catalog = withDeparted(full, [{ ...starter, planId: "constructor" }]);
  expect(Object.hasOwn(catalog.plans, "constructor")).toBe(true);
});

it("grants nothing of features that the catalog no longer has, and all of one whose kind has changed", () => {
  const { export: _export, ...features } = full.features;
  const messages = { type: "switch", name: "Messages" } as const;
  const catalog = withDeparted({ ...without, features: { ...features, messages } }, remembered);
  const state = decideAccess({ catalog, customer, subscriptions: [buildSubscription()], now });
  expect(Object.keys(state.features)).toEqual(["projects", "messages", "support"]);
  expect(state.features.messages).toMatchObject({ type: "switch", allowed: true, limit: null });
  expect(() => createAccess(state).check("export")).toThrow(
    expect.objectContaining({ code: "unknown_feature" }),
  );
});
