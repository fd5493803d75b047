import { describe, expect, it } from "vitest";
import type { Catalog, PlanDefinition } from "../catalog/catalog.js";
import { buildCatalog } from "../testing/building/build-catalog.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { decideUsage } from "./decide-usage.js";

const base = buildCatalog();
const customer = { id: "org_1", canManage: false, hasBillingAccount: false };
const now = new Date("2026-03-10T12:00:00.000Z");

function limitFor(starter: Partial<PlanDefinition>, other?: Partial<PlanDefinition>): number | null {
  const plans: Record<string, PlanDefinition> = {
    ...base.plans,
    starter: { ...base.plans.starter, includes: { messages: 1_000 }, ...starter },
    ...(other && { side: { ...base.plans.starter, group: "side", includes: { messages: 10 }, ...other } }),
  };
  const catalog: Catalog = { ...base, plans };
  const items = buildSubscription().items;
  const bought = ["starter", ...(other ? ["side"] : [])].map((planId) =>
    buildSubscription({
      ...{ id: planId, planId, group: planId === "side" ? "side" : "main" },
      items: items.map((item) => ({ ...item, planId, group: planId === "side" ? "side" : "main" })),
    }),
  );
  return decideUsage({ catalog, customer, subscriptions: bought, counts: [], now }, "messages").memberLimit;
}

describe("how many a member may use", () => {
  it.each<[string, Partial<PlanDefinition>, number | null]>([
    ["is as many as the customer may where the plan says nothing", {}, null],
    ["is what the plan says", { perMember: { messages: 100 } }, 100],
    ["may be none", { perMember: { messages: 0 } }, 0],
    [
      "is a share of what the customer may, rounded down",
      { perMember: { messages: { percent: 33.35 } } },
      333,
    ],
    [
      "is what the plan says where the customer may use any number",
      { includes: { messages: "unlimited" }, perMember: { messages: 100 } },
      100,
    ],
    [
      "is a number where use beyond what is included goes on",
      { overage: { messages: "allowed" }, perMember: { messages: { percent: 10 } } },
      100,
    ],
  ])("%s", (_name, plan, limit) => {
    expect(limitFor(plan)).toBe(limit);
  });

  it("is by the most generous of the plans that are open and grant it", () => {
    const first = { perMember: { messages: 100 } };
    expect(limitFor(first, { perMember: { messages: 200 } })).toBe(200);
    expect(limitFor(first, { includes: {} })).toBe(100);
    expect(limitFor(first, {})).toBeNull();
  });
});
