import { describe, expect, it } from "vitest";
import type { Subscription, SubscriptionStatus } from "../language/subscription.js";
import { addDays } from "../language/time.js";
import { buildCatalog } from "../testing/building/build-catalog.js";
import { buildCareItem, buildSubscription } from "../testing/building/build-subscription.js";
import type { AccessState } from "./access-state.js";
import { type AccessInput, decideAccess } from "./decide-access.js";

const catalog = buildCatalog();
const { free: _, ...paidPlans } = catalog.plans;
const catalogWithoutFree = { ...catalog, plans: paidPlans };
const now = new Date("2026-03-10T12:00:00.000Z");
const failedAt = "2026-03-05T12:00:00.000Z";
const paidPeriod = { start: "2026-02-01T00:00:00.000Z", end: "2026-03-01T00:00:00.000Z" };
const customer = { id: "org_1", canManage: true, hasBillingAccount: true };

function decide(
  subscriptions: readonly Partial<Subscription>[],
  more: Partial<AccessInput> = {},
): AccessState {
  const all = subscriptions.map((overrides) => buildSubscription(overrides));
  return decideAccess({ catalog, customer, subscriptions: all, now, ...more });
}

describe("what was bought once", () => {
  const purchases = [
    { productId: "credits", quantity: 3 },
    { productId: "credits", quantity: 2 },
    { productId: "retired", quantity: 1 },
  ];
  it.each<[string, Partial<AccessInput>, Record<string, number>]>([
    ["is counted, without what the catalog does not have", { purchases }, { credits: 5 }],
    ["is nothing of anything at first", {}, { credits: 0 }],
    ["is nobody's while nobody is signed in", { purchases, customer: null }, { credits: 0 }],
  ])("%s", (_name, more, owned) => {
    expect(decide([], more).owned).toEqual(owned);
  });
});

describe("the table of product rules", () => {
  // The state → the plan whose features are open, with a free plan and without one.
  it.each<[string, Partial<Subscription>, string, string | null]>([
    ["trialing", { status: "trialing" }, "pro", "pro"],
    ["active", { status: "active" }, "pro", "pro"],
    ["active, cancelled for later", { cancelAt: "2026-04-01T00:00:00.000Z" }, "pro", "pro"],
    ["active, cancelled for now", { cancelAt: now.toISOString() }, "free", null],
    ["active, cancelled for a moment ago", { cancelAt: "2026-03-10T11:59:59.000Z" }, "free", null],
    ["trialing, cancelled for later", { status: "trialing", cancelAt: addDays(failedAt, 9) }, "pro", "pro"],
    ["trialing, cancelled for earlier", { status: "trialing", cancelAt: failedAt }, "free", null],
    ["active, its collection paused", { pause: { kind: "collection", resumesAt: null } }, "pro", "pro"],
    ["past_due in its grace period", { status: "past_due", pastDueSince: failedAt }, "pro", "pro"],
    [
      "past_due in its grace, and paid for before",
      { status: "past_due", pastDueSince: failedAt, arrears: { paidPeriod } },
      "pro",
      "pro",
    ],
    [
      "past_due after a trial, and never paid for",
      { status: "past_due", pastDueSince: now.toISOString(), arrears: { paidPeriod: null } },
      "free",
      null,
    ],
    ["past_due after it", { status: "past_due", pastDueSince: "2026-03-03T12:00:00.000Z" }, "free", null],
    [
      "past_due and cancelled",
      { status: "past_due", pastDueSince: failedAt, cancelAt: failedAt },
      "free",
      null,
    ],
    ["incomplete", { status: "incomplete" }, "free", null],
    ["unpaid", { status: "unpaid" }, "free", null],
    ["paused", { status: "paused", pause: { kind: "full", resumesAt: null } }, "free", null],
    ["ended", { status: "ended" }, "free", null],
    ["of a plan that the catalog no longer has", { planId: "legacy" }, "free", null],
    ["of a plan id of Object.prototype", { planId: "constructor" }, "free", null],
  ])("%s", (_name, subscription, withFree, withoutFree) => {
    expect(decide([subscription]).planId).toBe(withFree);
    expect(decide([subscription], { catalog: catalogWithoutFree }).planId).toBe(withoutFree);
  });

  it("gives the free plan, or nothing, to anyone who never bought", () => {
    expect(decide([])).toMatchObject({ planId: "free", subscription: null, trialUsed: false });
    expect(decide([], { catalog: catalogWithoutFree })).toMatchObject({ planId: null });
  });

  it("keeps a retired plan for those who have it", () => {
    const retired = { ...catalog, plans: { ...catalog.plans, pro: { ...catalog.plans.pro, retired: true } } };
    expect(decide([{}], { catalog: retired }).features.export?.allowed).toBe(true);
  });
});

describe("grace", () => {
  it.each([
    [7, "2026-03-12T12:00:00.000Z", "pro"],
    [6, "2026-03-11T12:00:00.000Z", "pro"],
    [5, null, "free"],
    [0, null, "free"],
  ])("of %i days ends at %s", (graceDays, graceEndsAt, planId) => {
    const state = decide([{ status: "past_due", pastDueSince: failedAt }], { graceDays });
    expect(state).toMatchObject({ planId, graceEndsAt, attention: "payment_failed" });
  });

  it("is not for anyone who never paid: the way out is to pay, at once", () => {
    const failed = { status: "past_due", pastDueSince: now.toISOString(), trialEndsAt: failedAt } as const;
    const state = decide([{ ...failed, arrears: { paidPeriod: null } }]);
    expect(state).toMatchObject({ planId: "free", graceEndsAt: null, attention: "payment_failed" });
    expect(state.features.export).toMatchObject({ reason: "payment_failed", upgradeTo: null });
  });

  it("is that of the first one to end, where several subscriptions failed", () => {
    const state = decide([
      { id: "sub_1", status: "past_due", pastDueSince: "2026-03-08T00:00:00.000Z" },
      { id: "sub_2", planId: "care", group: "support", status: "past_due", pastDueSince: failedAt },
    ]);
    expect(state.graceEndsAt).toBe(addDays(failedAt, 7));
  });
});

describe("attention", () => {
  it.each<[string, Partial<Subscription>, AccessState["attention"]]>([
    ["a sound subscription", {}, null],
    ["an unpaid one", { status: "unpaid" }, "payment_failed"],
    ["a plan that the catalog no longer has", { planId: "legacy" }, "unknown_plan"],
    ["such a plan that has ended", { planId: "legacy", status: "ended" }, null],
    ["a checkout that was left behind", { planId: "legacy", status: "incomplete" }, null],
  ])("for %s", (_name, subscription, attention) => {
    expect(decide([subscription]).attention).toBe(attention);
  });
});

describe("several subscriptions", () => {
  const older = { id: "sub_1", startedAt: "2026-01-01T00:00:00.000Z" };
  const newer = { id: "sub_2", startedAt: "2026-02-01T00:00:00.000Z" };

  it.each<[string, Partial<Subscription>, Partial<Subscription>, string]>([
    ["running before ended", { status: "active" }, { status: "ended", planId: "team" }, "pro"],
    ["running before incomplete", { status: "active" }, { status: "incomplete", planId: "team" }, "pro"],
    ["the latest of two running ones", { status: "active" }, { status: "active", planId: "team" }, "team"],
    [
      "in grace before grace that ran out",
      { status: "past_due", pastDueSince: failedAt },
      { planId: "team", cancelAt: failedAt },
      "pro",
    ],
  ])("of one group: %s, in whichever order they come", (_name, first, second, planId) => {
    const subscriptions = [
      { ...older, ...first },
      { ...newer, ...second },
    ];
    expect(decide(subscriptions).planId).toBe(planId);
    expect(decide(subscriptions.toReversed()).planId).toBe(planId);
  });

  it("of several groups all open their features", () => {
    const care = { id: "sub_2", planId: "care", group: "support" };
    const state = decide([{}, care]);
    expect(state.planId).toBe("pro");
    expect(state.subscriptions.map(({ planId }) => planId)).toEqual(["pro", "care"]);
    expect(state.features).toMatchObject({ export: { allowed: true }, support: { allowed: true } });
    const alone = decide([care]);
    expect(alone).toMatchObject({ planId: "free", subscription: null });
    expect(alone.features).toMatchObject({ export: { allowed: false }, support: { allowed: true } });
  });

  it("that started at the same moment: the id decides, in whichever order they come", () => {
    const twins = [
      { id: "sub_a", planId: "starter" },
      { id: "sub_b", planId: "team" },
    ];
    expect(decide(twins).planId).toBe("starter");
    expect(decide(twins.toReversed()).planId).toBe("starter");
  });

  it("remember a trial, whichever plan it was for", () => {
    const ended: SubscriptionStatus = "ended";
    expect(decide([{ status: ended, trialEndsAt: failedAt }, newer]).trialUsed).toBe(true);
  });
});

describe("one subscription with several plans", () => {
  const pro = buildSubscription().items;
  const care = buildCareItem();

  it.each([
    ["the main one first", [...pro, care]],
    ["the main one last", [care, ...pro]],
  ])("grants each, of whichever group: %s", (_name, items) => {
    const first = items[0] === care ? { planId: "care", group: "support" } : {};
    const state = decide([{ items, ...first }]);
    expect(state.planId).toBe("pro");
    expect(state.subscription).toMatchObject({ planId: "pro", group: "main", unitAmount: 2900 });
    expect(state.features).toMatchObject({ export: { allowed: true }, support: { allowed: true } });
    expect(state.subscriptions.map(({ planId, unitAmount }) => [planId, unitAmount]).sort()).toEqual([
      ["care", 500],
      ["pro", 2900],
    ]);
  });

  it("shows each with the terms of its own line", () => {
    const yearly = { start: "2026-01-15T00:00:00.000Z", end: "2027-01-15T00:00:00.000Z" };
    const [proLine] = pro;
    const own = buildCareItem({ interval: "year", quantity: 3, currentPeriod: yearly });
    const monthly = { planId: "pro", interval: "month", quantity: 1, currentPeriod: proLine?.currentPeriod };
    const yearlyCare = { planId: "care", interval: "year", quantity: 3, currentPeriod: yearly };
    expect(decide([{ items: [...pro, own] }]).subscriptions).toMatchObject([monthly, yearlyCare]);
    const first = {
      planId: "care",
      group: "support",
      interval: "year",
      quantity: 3,
      currentPeriod: yearly,
    } as const;
    expect(decide([{ items: [own, ...pro], ...first }]).subscription).toMatchObject(monthly);
  });

  it("asks for attention when any of them is unknown", () => {
    const gone = buildCareItem({ planId: "legacy" });
    expect(decide([{ items: [...pro, gone] }])).toMatchObject({ planId: "pro", attention: "unknown_plan" });
  });

  it("shows an agreed change next to the plan that it is about", () => {
    const pendingChange = { planId: "starter", interval: "month", quantity: 1, at: failedAt } as const;
    const state = decide([{ items: [...pro, care], pendingChange }]);
    expect(state.subscriptions.map((one) => one.pendingChange)).toEqual([pendingChange, null]);
  });

  it("grants both of two plans of one group, and shows the first as the plan", () => {
    const support = { ...care, planId: "enterprise", group: "main" };
    const state = decide([{ items: [...pro, support] }]);
    expect(state.planId).toBe("pro");
    expect(state.features).toMatchObject({ export: { limit: null }, support: { allowed: true } });
    expect(state.features.projects).toMatchObject({ allowed: true, limit: null });
    expect(state.subscriptions.map(({ planId }) => planId)).toEqual(["pro", "enterprise"]);
  });

  it("grants none of them when it has failed", () => {
    const state = decide([{ items: [...pro, care], status: "unpaid" }]);
    expect(state.planId).toBe("free");
    expect(state.features).toMatchObject({
      export: { reason: "payment_failed" },
      support: { reason: "payment_failed" },
    });
  });

  it("is outranked group by group", () => {
    const items = [...pro, care];
    const other = { id: "sub_2", planId: "team", startedAt: "2026-03-02T00:00:00.000Z" };
    expect(decide([{ items }, other]).subscriptions.map(({ planId }) => planId)).toEqual(["team", "care"]);
  });
});

describe("what is shown", () => {
  it("is what this customer pays, without the provider's ids", () => {
    const { subscription } = decide([{ planId: "starter" }]);
    expect(subscription).toMatchObject({ planId: "starter", unitAmount: 2900 });
    expect(JSON.stringify(decide([{}]))).not.toMatch(/sub_|cus_|si_|price_/);
  });

  it("shows nothing of anybody's when nobody is signed in, whatever was passed", () => {
    const state = decide([{ trialEndsAt: failedAt }], { customer: null });
    expect(state).toMatchObject({
      customerId: null,
      canManage: false,
      planId: null,
      subscription: null,
      subscriptions: [],
      attention: null,
      trialUsed: false,
      decidedAt: now.toISOString(),
    });
    expect(Object.values(state.features).every(({ reason }) => reason === "signed_out")).toBe(true);
  });
});
