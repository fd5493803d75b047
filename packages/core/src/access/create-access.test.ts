import { describe, expect, it } from "vitest";
import { buildCatalog, type ExampleCatalog } from "../testing/building/build-catalog.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { createAccess } from "./create-access.js";
import { type AccessInput, decideAccess } from "./decide-access.js";

const catalog = buildCatalog();

function accessOf(more: Partial<AccessInput> = {}) {
  const state = decideAccess({
    catalog,
    customer: { id: "org_1", canManage: false, hasBillingAccount: false },
    subscriptions: [],
    now: new Date("2026-03-10T12:00:00.000Z"),
    ...more,
  });
  return createAccess<ExampleCatalog>(state);
}

describe("owns", () => {
  it("is what was bought at least once", () => {
    expect(accessOf({ purchases: [{ productId: "credits", quantity: 3 }] }).owns("credits")).toBe(true);
    expect(accessOf({ purchases: [{ productId: "retired", quantity: 1 }] }).owns("credits")).toBe(false);
  });

  it.each(["credit", "__proto__", "retired"])("throws for %s, which the catalog does not have", (id) => {
    const access = accessOf({ purchases: [{ productId: "retired", quantity: 1 }] });
    const unknown = expect.objectContaining({ code: "unknown_product" });
    expect(() => access.owns(id as "credits")).toThrow(unknown);
  });
});

describe("check", () => {
  it("says why not, and which plan would help", () => {
    const denied = { allowed: false, reason: "not_in_plan", remaining: 0, upgradeTo: "pro" };
    expect(accessOf().check("export")).toMatchObject(denied);
  });

  it.each([
    [undefined, { allowed: true, limit: 3, remaining: 3 }],
    [0, { allowed: true, limit: 3, remaining: 3 }],
    [2, { allowed: true, limit: 3, remaining: 1 }],
    [3, { allowed: false, reason: "limit_reached", limit: 3, remaining: 0, upgradeTo: "starter" }],
    [4, { allowed: false, reason: "limit_reached", remaining: 0 }],
    [-5, { allowed: true, remaining: 3 }],
    [Number.NaN, { allowed: false, reason: "limit_reached" }],
    [Number.POSITIVE_INFINITY, { allowed: false, reason: "limit_reached" }],
  ])("compares the app's count with a limit of 3: %s used", (used, answer) => {
    expect(accessOf().check("projects", used === undefined ? undefined : { used })).toMatchObject(answer);
  });

  it("never runs out of what is unlimited", () => {
    const access = accessOf({ subscriptions: [buildSubscription({ planId: "team" })] });
    expect(access.check("projects", { used: 1e9 })).toEqual({ allowed: true, limit: null, remaining: null });
    expect(access.check("export")).toEqual({ allowed: true, limit: null, remaining: null });
  });

  it("counts a metered feature by itself", () => {
    const left = (messages: number) => accessOf({ usage: { messages } }).check("messages");
    expect(left(40)).toEqual({ allowed: true, limit: 100, remaining: 60 });
    expect(left(100)).toMatchObject({ allowed: false, reason: "limit_reached" });
  });

  it.each(["teleport", "toString", "__proto__"])("throws for %s, which is not a feature", (feature) => {
    const refusal = expect.objectContaining({ name: "BillingError", code: "unknown_feature" });
    expect(() => createAccess(accessOf().state).check(feature)).toThrow(refusal);
  });
});

describe("toJSON", () => {
  it("crosses the network unchanged: the same answers in the browser", () => {
    const server = accessOf({ subscriptions: [buildSubscription()], usage: { messages: 7 } });
    const browser = createAccess<ExampleCatalog>(JSON.parse(JSON.stringify(server)));
    expect(browser.state).toEqual(server.state);
    expect(browser.planId).toBe("pro");
    for (const feature of ["export", "projects", "messages", "support"] as const) {
      expect(browser.check(feature)).toEqual(server.check(feature));
    }
  });
});
