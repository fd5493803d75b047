import { describe, expect, it } from "vitest";
import type { Catalog } from "../catalog/catalog.js";
import type { Subscription } from "../language/subscription.js";
import { buildCatalog, type ExampleCatalog } from "../testing/building/build-catalog.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import type { FeatureAccess } from "./access-state.js";
import { type AccessInput, decideAccess } from "./decide-access.js";

const catalog = buildCatalog();
const now = new Date("2026-03-10T12:00:00.000Z");
const customer = { id: "org_1", canManage: false, hasBillingAccount: false };

function featureOf(
  id: keyof ExampleCatalog["features"],
  subscription: Partial<Subscription> | null,
  more: Partial<AccessInput> = {},
): FeatureAccess | undefined {
  const subscriptions = subscription === null ? [] : [buildSubscription(subscription)];
  return decideAccess({ catalog, customer, subscriptions, now, ...more }).features[id];
}

describe("a switch", () => {
  it.each<[string, Partial<Subscription> | null, object]>([
    ["of the plan", {}, { allowed: true, reason: null, limit: null, upgradeTo: null }],
    ["of a later plan", null, { allowed: false, reason: "not_in_plan", upgradeTo: "pro" }],
    ["of a failed plan", { status: "unpaid" }, { allowed: false, reason: "payment_failed", upgradeTo: null }],
    ["of an unfinished plan", { status: "incomplete" }, { reason: "payment_incomplete", upgradeTo: null }],
    ["of a paused plan", { status: "paused" }, { reason: "paused", upgradeTo: null }],
    [
      "of a plan whose trial ended without a payment method",
      { status: "paused", pause: { kind: "full", resumesAt: null, reason: "trial_ended" } },
      { reason: "payment_incomplete", upgradeTo: null },
    ],
    ["of an ended plan", { status: "ended" }, { reason: "not_in_plan", upgradeTo: "pro" }],
    ["of a plan that has run out", { cancelAt: "2026-03-01T00:00:00.000Z" }, { reason: "not_in_plan" }],
    ["that the failed plan never had", { planId: "starter", status: "unpaid" }, { reason: "not_in_plan" }],
  ])("%s", (_name, subscription, answer) => {
    expect(featureOf("export", subscription)).toMatchObject(answer);
  });
});

describe("a limit", () => {
  it.each<[string, Partial<Subscription> | null, object]>([
    ["of the free plan", null, { allowed: true, limit: 3, upgradeTo: "starter" }],
    ["of a paid plan", {}, { allowed: true, limit: 50, upgradeTo: "team" }],
    ["that is unlimited", { planId: "team" }, { allowed: true, limit: null, upgradeTo: null }],
    ["of the free plan, while the paid one is unpaid", { status: "unpaid" }, { allowed: true, limit: 3 }],
  ])("%s", (_name, subscription, answer) => {
    expect(featureOf("projects", subscription)).toMatchObject({ used: 0, ...answer });
  });
});

describe("a metered feature", () => {
  it.each([
    [99, { allowed: true, reason: null, limit: 100, used: 99 }],
    [100, { allowed: false, reason: "limit_reached", limit: 100, used: 100, upgradeTo: "starter" }],
    [250, { allowed: false, reason: "limit_reached", used: 250 }],
  ])("with %i used of 100", (messages, answer) => {
    expect(featureOf("messages", null, { usage: { messages } })).toMatchObject(answer);
  });

  it("counts nothing that was not counted, whatever its name", () => {
    const features = { constructor: { type: "metered", name: "C", reset: "never" } } as const;
    const plans = { free: { name: "Free", includes: { constructor: 5 } } };
    const state = decideAccess({
      catalog: { features, plans, products: {} },
      customer,
      subscriptions: [],
      usage: {},
      now,
    });
    expect(state.features.constructor).toMatchObject({ allowed: true, used: 0, limit: 5 });
  });
});

describe("upgradeTo", () => {
  it("prefers what can be bought here over what is sold by hand", () => {
    expect(featureOf("support", null)?.upgradeTo).toBe("care");
    const { care: _, ...plans } = catalog.plans;
    expect(featureOf("support", null, { catalog: { ...catalog, plans } })?.upgradeTo).toBe("enterprise");
  });

  it("never names a retired plan, nor an earlier one of the same group", () => {
    const { pro, starter } = catalog.plans;
    const retired = { ...catalog, plans: { ...catalog.plans, pro: { ...pro, retired: true } } };
    expect(featureOf("export", null, { catalog: retired })?.upgradeTo).toBe("team");
    const generous = { ...starter, includes: { projects: "unlimited" } } as const;
    const plans = { free: catalog.plans.free, starter: generous, pro };
    expect(featureOf("projects", {}, { catalog: { ...catalog, plans } })?.upgradeTo).toBeNull();
  });

  it("doesn't name a paid plan to a visitor for what signing in would give", () => {
    const free = { name: "Free", includes: { export: true } };
    const generous = { ...catalog, plans: { ...catalog.plans, free } };
    const signedOut = { customer: null };
    expect(featureOf("export", null, { ...signedOut, catalog: generous })?.upgradeTo).toBeNull();
    expect(featureOf("export", null, signedOut)).toMatchObject({ reason: "signed_out", upgradeTo: "pro" });
  });
});

describe("use that is billed", () => {
  const item = { id: "si_u", priceId: "price_u", planId: null, group: null, interval: null };
  const billed = (more: Partial<Subscription> = {}) => {
    const built = buildSubscription({ planId: "starter", ...more });
    const line = { ...item, quantity: 1, unitAmount: 2, currentPeriod: null, usageOf: "messages" };
    return { ...built, items: [...built.items, line] };
  };
  const messages = (subscription: Subscription, used: number, changed: Catalog = catalog) =>
    decideAccess({
      catalog: changed,
      customer,
      subscriptions: [subscription],
      now,
      usage: { messages: used },
    }).features.messages;

  it("is never denied, and says how many are included", () => {
    const answer = { allowed: true, reason: null, limit: 1000, used: 5000, overage: "billed" };
    expect(messages(billed(), 5000)).toMatchObject(answer);
  });

  it("is what the subscription bills, whatever the catalog says today", () => {
    const held = buildSubscription({ planId: "starter" });
    const usage = { messages: { perUnit: { usd: 2, eur: 2 } } };
    const plans = { ...catalog.plans, starter: { ...catalog.plans.starter, usage } };
    expect(messages(held, 5000, { ...catalog, plans })).toMatchObject({ reason: "limit_reached" });
  });

  it("ends in a trial at what is included, which bills no use, unless there is nothing else to try", () => {
    expect(messages(billed({ status: "trialing" }), 1000)).toMatchObject({ reason: "limit_reached" });
    const plans = { ...catalog.plans, starter: { ...catalog.plans.starter, includes: {} } };
    expect(messages(billed({ status: "trialing" }), 1000, { ...catalog, plans })).toMatchObject({
      allowed: true,
      limit: 0,
    });
  });

  it("is closed with its plan", () => {
    expect(messages(billed({ status: "unpaid" }), 5000)?.allowed).toBe(false);
  });
});
