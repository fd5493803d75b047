import { describe, expect, it } from "vitest";
import { buildCatalog } from "../testing/building/build-catalog.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { createAccess } from "./create-access.js";
import { decideAccess } from "./decide-access.js";
import { decideOutage, keepsLastKnown, type OutagePolicies, type OutagePolicy } from "./decide-outage.js";

const catalog = buildCatalog();
const now = new Date("2026-03-10T12:00:00.000Z");
const customer = { id: "org_1", canManage: true };

const known = (planId: string, id = "org_1") =>
  decideAccess({
    catalog,
    customer: { id, canManage: false, hasBillingAccount: true },
    subscriptions: [buildSubscription({ planId, customerId: id })],
    usage: { messages: 7 },
    now: new Date("2026-03-10T11:00:00.000Z"),
  });

const decide = (policies: OutagePolicies, lastKnown: ReturnType<typeof known> | null) =>
  decideOutage({ catalog, policies, customer, lastKnown, now });

describe("the policy of a feature while the store is out of reach", () => {
  it.each<[OutagePolicy, "pro" | "starter" | null, boolean, string | null]>([
    ["closed", "pro", false, "unavailable"],
    ["closed", null, false, "unavailable"],
    ["open", "starter", true, null],
    ["open", null, true, null],
    ["last_known", "pro", true, null],
    ["last_known", "starter", false, "not_in_plan"],
    ["last_known", null, false, "unavailable"],
  ])("%s, last known on %s: allowed %s, reason %s", (policy, plan, allowed, reason) => {
    const state = decide({ default: policy, features: {} }, plan && known(plan));
    expect(state.features.export).toMatchObject({ allowed, reason });
    expect(state).toMatchObject({ degraded: true, decidedAt: now.toISOString(), customerId: "org_1" });
  });

  it("is each feature's own, and the default for the others", () => {
    const state = decide(
      { default: "closed", features: { export: "open", projects: "last_known" } },
      known("pro"),
    );
    const access = createAccess(state);
    expect(access.check("export")).toEqual({ allowed: true, limit: null, remaining: null });
    expect(access.check("projects", { used: 49 })).toMatchObject({ allowed: true, limit: 50, remaining: 1 });
    expect(access.check("messages")).toMatchObject({
      allowed: false,
      reason: "unavailable",
      upgradeTo: null,
    });
  });

  it("opens a limit and a metered feature without a maximum", () => {
    const access = createAccess(decide({ default: "open", features: {} }, known("starter")));
    for (const feature of ["projects", "messages"]) {
      expect(access.check(feature, { used: 1e6 })).toMatchObject({ allowed: true, remaining: null });
    }
  });
});

describe("the rest of a degraded state", () => {
  it("is what was last known, for the person who asks now", () => {
    const state = decide({ default: "closed", features: {} }, known("pro"));
    expect(state).toMatchObject({ planId: "pro", hasBillingAccount: true, canManage: true });
    expect(state.subscription).toMatchObject({ planId: "pro", status: "active" });
  });

  it("promises nothing where nothing is known", () => {
    expect(decide({ default: "open", features: {} }, null)).toMatchObject({
      planId: null,
      subscription: null,
      subscriptions: [],
      trialUsed: true,
      attention: null,
    });
  });

  it("is never another customer's", () => {
    const state = decide({ default: "last_known", features: {} }, known("pro", "org_2"));
    expect(state).toMatchObject({ customerId: "org_1", planId: null });
    expect(state.features.export).toMatchObject({ allowed: false, reason: "unavailable" });
  });
});

describe("keepsLastKnown", () => {
  it.each<[OutagePolicies, boolean]>([
    [{ default: "closed", features: {} }, false],
    [{ default: "open", features: { export: "closed" } }, false],
    [{ default: "last_known", features: {} }, true],
    [{ default: "closed", features: { export: "last_known" } }, true],
  ])("%j: %s", (policies, keeps) => {
    expect(keepsLastKnown(policies)).toBe(keeps);
  });
});
