import { describe, expect, expectTypeOf, it } from "vitest";
import type { Catalog } from "../catalog/catalog.js";
import { definePlans } from "../catalog/define-plans.js";
import { grantsOf, withDeparted } from "../catalog/plan-grants.js";
import { accessResponse } from "../contract/access.js";
import { compareBills } from "../impact/compare-prices.js";
import type { Subscription, SubscriptionItem } from "../language/subscription.js";
import { buildCatalog } from "../testing/building/build-catalog.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { createAccess } from "./create-access.js";
import { decideAccess } from "./decide-access.js";
import { decideUsage } from "./decide-usage.js";

const { features, plans, products } = buildCatalog();
const prices = { month: { usd: 500 }, year: { usd: 5_000 } };
const catalog = definePlans({
  features,
  plans: { ...plans, mini: { name: "Mini", prices: { month: { usd: 100 } }, includes: {} } },
  products,
  addOns: {
    storage: { name: "Storage", prices, includes: { projects: 10, messages: 500 } },
    help: { name: "Help", prices, plans: ["pro"], includes: { support: true } },
    endless: { name: "Endless", prices, includes: { projects: "unlimited" }, retired: true },
  },
});
const now = new Date("2026-03-10T12:00:00.000Z");
const period = { start: "2026-03-01T00:00:00.000Z", end: "2026-04-01T00:00:00.000Z" };

function addOnItem(addOnId: string, quantity = 1, more: Partial<SubscriptionItem> = {}): SubscriptionItem {
  const line = { planId: null, group: null, interval: "month", currentPeriod: period } as const;
  return {
    id: `si_${addOnId}`,
    priceId: `p_${addOnId}`,
    unitAmount: 500,
    addOnId,
    quantity,
    ...line,
    ...more,
  };
}

function on(
  planId: string,
  addOns: readonly SubscriptionItem[],
  more: Partial<Subscription> = {},
): Subscription {
  const plain = buildSubscription({ planId });
  return buildSubscription({ planId, items: [...plain.items, ...addOns], ...more });
}

function accessOf(subscriptions: readonly Subscription[], of: Catalog = catalog) {
  const customer = { id: "org_1", canManage: true, hasBillingAccount: true };
  return decideAccess({ catalog: of, customer, subscriptions, now });
}

describe("access with add-ons", () => {
  it("is what the plan grants, and for each unit what the add-on adds", () => {
    const state = accessOf([on("starter", [addOnItem("storage", 3), addOnItem("help")])]);
    expect(state.features.projects).toMatchObject({ allowed: true, limit: 40 });
    expect(state.features.messages).toMatchObject({ limit: 2_500 });
    expect(state.features.support).toMatchObject({ allowed: true, limit: null });
    expect(state.addOns).toEqual({ storage: 3, help: 1 });
    expect(state.subscription?.addOns).toEqual([
      { addOnId: "storage", quantity: 3, unitAmount: 500 },
      { addOnId: "help", quantity: 1, unitAmount: 500 },
    ]);
    expect(accessResponse.parse(state)).toEqual(state);
    const access = createAccess<typeof catalog>(state);
    expect(access.addOns.storage).toBe(3);
    expect(access.addOns.endless).toBeUndefined();
    expectTypeOf(access.addOns).toEqualTypeOf<{
      readonly storage?: number;
      readonly help?: number;
      readonly endless?: number;
    }>();
  });

  it("is unlimited where one of them is, also by one that is no longer sold", () => {
    const state = accessOf([on("starter", [addOnItem("storage"), addOnItem("endless")])]);
    expect(state.features.projects).toMatchObject({ allowed: true, limit: null });
    const grown = accessOf([on("team", [addOnItem("storage")])]);
    expect(grown.features.projects).toMatchObject({ limit: null, upgradeTo: null });
  });

  it("adds up an add-on that has two lines, and takes nothing from one of none", () => {
    const lines = [addOnItem("storage", 2), addOnItem("storage", 1, { id: "si_9" }), addOnItem("endless", 0)];
    const state = accessOf([on("starter", lines)]);
    expect(state.features.projects).toMatchObject({ limit: 40 });
    expect(state.addOns).toEqual({ storage: 3 });
  });

  it("says nothing of add-ons where there are none", () => {
    const state = accessOf([on("starter", [])]);
    expect(state).not.toHaveProperty("addOns");
    expect(state.subscription).not.toHaveProperty("addOns");
  });

  it("follows the subscription: open in its grace, closed when that is over, paused or ended", () => {
    const lines = [addOnItem("help")];
    const closed = (more: Partial<Subscription>) => {
      const state = accessOf([on("pro", lines, more)]);
      const { allowed, reason } = state.features.support ?? {};
      return { allowed, reason, addOns: state.addOns };
    };
    const open = { allowed: true, reason: null, addOns: { help: 1 } };
    const none = { allowed: false, addOns: undefined };
    const arrears = { paidPeriod: period };
    const pastDueSince = "2026-03-09T00:00:00.000Z";
    expect(closed({ status: "past_due", arrears, pastDueSince })).toEqual(open);
    const over = { pastDueSince: "2026-03-01T00:00:00.000Z" };
    expect(closed({ status: "past_due", arrears, ...over })).toEqual({ ...none, reason: "payment_failed" });
    expect(closed({ status: "paused" })).toEqual({ ...none, reason: "paused" });
    expect(closed({ status: "ended" })).toEqual({ ...none, reason: "not_in_plan" });
    expect(closed({ cancelAt: "2026-03-20T00:00:00.000Z" })).toEqual(open);
    expect(closed({ cancelAt: "2026-03-10T00:00:00.000Z" })).toEqual({ ...none, reason: "not_in_plan" });
  });

  it("names as the way up a plan that grants more with the add-ons that go along", () => {
    // With 7 of them, Starter grants 80 projects: Pro's 50 alone are fewer, and with them they are 120.
    expect(accessOf([on("starter", [addOnItem("storage", 7)])]).features.projects).toMatchObject({
      limit: 80,
      upgradeTo: "pro",
    });
  });

  it("counts a metered feature in the period of the subscription whose add-on grants it", () => {
    const customer = { id: "org_1", canManage: true, hasBillingAccount: true };
    const subscriptions = [on("mini", [addOnItem("storage")], { currentPeriod: period })];
    const usage = decideUsage({ catalog, customer, subscriptions, counts: [], now }, "messages");
    expect(usage).toMatchObject({ remaining: 500, period: { startsAt: period.start } });
  });

  it("stays as it was when the catalog no longer has the add-on, and says so where nothing is known of it", () => {
    const subscriptions = [on("starter", [addOnItem("storage", 2)])];
    const { addOns: _, ...without } = catalog;
    const left = withDeparted(without, grantsOf(catalog));
    expect(accessOf(subscriptions, left).features.projects).toMatchObject({ limit: 30 });
    expect(left.addOns?.storage).toMatchObject({ name: "Storage", retired: true });
    expect(accessOf(subscriptions, left).attention).toBeNull();
    expect(accessOf(subscriptions, without)).toMatchObject({
      attention: "unknown_plan",
      features: { projects: { limit: 10 } },
    });
    expect(withDeparted(catalog, grantsOf(catalog))).toBe(catalog);
  });

  it("is paid for by the month with what its add-ons cost, now and at other prices", () => {
    const dearer = { ...catalog.addOns?.storage, name: "S", includes: {}, prices: { month: { usd: 700 } } };
    const next: Catalog = { ...catalog, addOns: { storage: dearer } };
    const held = on("pro", [addOnItem("storage", 2), addOnItem("help")]);
    const sum = (key: "now" | "atNewPrices") =>
      compareBills(next, [held]).reduce((total, bill) => total + bill[key], 0);
    // Help is no longer sold there: who has it pays what they pay.
    expect([sum("now"), sum("atNewPrices")]).toEqual([2_900 + 1_000 + 500, 2_900 + 1_400 + 500]);
  });
});
