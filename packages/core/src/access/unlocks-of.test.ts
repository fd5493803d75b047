import { describe, expect, it } from "vitest";
import type { Catalog } from "../catalog/catalog.js";
import type { Subscription } from "../language/subscription.js";
import { buildCatalog } from "../testing/building/build-catalog.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { createAccess } from "./create-access.js";
import { decideAccess } from "./decide-access.js";

const base = buildCatalog();
const catalog = {
  ...base,
  addOns: {
    desks: { name: "Desks", prices: { month: { usd: 300, eur: 280 } }, includes: { projects: 10 } },
    old: { name: "Old", prices: { month: { usd: 100 } }, includes: { projects: 99 }, retired: true },
  },
} as unknown as Catalog;
const now = new Date("2026-03-10T12:00:00.000Z");
const customer = { id: "org_1", canManage: true, hasBillingAccount: true };

function check(
  subscription: Partial<Subscription> | null,
  feature: string,
  used = 0,
  plans: Catalog = catalog,
) {
  const subscriptions = subscription === null ? [] : [buildSubscription(subscription)];
  const usage = { messages: used };
  const state = decideAccess({ catalog: plans, customer, subscriptions, usage, now });
  return createAccess(state).check(feature, feature === "projects" ? { used } : undefined);
}

const starter = (amounts: object, limit: number) => ({
  kind: "plan",
  planId: "starter",
  limit,
  price: { interval: "month", quantity: 1, amounts },
});

describe("a denial", () => {
  it("says limit, used, held, when the count starts again, and what would allow it at which price", () => {
    expect(check({ planId: "starter", currency: "usd" }, "messages", 1000)).toEqual({
      allowed: false,
      reason: "limit_reached",
      limit: 1000,
      remaining: 0,
      upgradeTo: "pro",
      used: 1000,
      held: 0,
      resetsAt: "2026-04-01T00:00:00.000Z",
      unlocks: [
        {
          kind: "plan",
          planId: "pro",
          limit: 10_000,
          price: { interval: "month", quantity: 1, amounts: { usd: 2900 } },
        },
        {
          kind: "plan",
          planId: "team",
          limit: null,
          price: { interval: "month", quantity: 2, amounts: { usd: 3000 } },
        },
        { kind: "plan", planId: "enterprise", limit: null, price: null },
      ],
    });
  });

  it("of what the app counts is by its count, and names only what is enough for it", () => {
    const ids = (used: number) => {
      const answer = check({ planId: "starter", currency: "usd" }, "projects", used);
      if (answer.allowed) throw new Error("It is allowed.");
      expect(answer).toMatchObject({ reason: "limit_reached", limit: 10, used, resetsAt: null });
      return answer.unlocks?.map((one) => (one.kind === "plan" ? one.planId : one.addOnId));
    };
    expect(ids(10)).toEqual(["pro", "team", "enterprise", "desks"]);
    expect(ids(19)).toEqual(["pro", "team", "enterprise", "desks"]);
    expect(ids(20)).toEqual(["pro", "team", "enterprise"]);
    expect(ids(50)).toEqual(["team", "enterprise"]);
  });

  it("gives the price in the one currency that the customer pays in, also when what they had has ended", () => {
    const eur = { currency: "eur" } as const;
    expect(check({ planId: "starter", ...eur }, "projects", 10)).toMatchObject({
      unlocks: [
        { planId: "pro", price: { amounts: { eur: 2700 } } },
        { planId: "team", price: { amounts: { eur: 2800 } } },
        { planId: "enterprise" },
        { kind: "add_on", addOnId: "desks", limit: 20, price: { amounts: { eur: 280 } } },
      ],
    });
    const ended = check({ planId: "pro", status: "ended", ...eur }, "messages", 100);
    expect(ended).toMatchObject({ unlocks: [starter({ eur: 800 }, 1000), {}, {}, {}] });
    expect(check(null, "messages", 100)).toMatchObject({
      unlocks: [starter({ usd: 900, eur: 800 }, 1000), {}, {}, {}],
    });
  });

  it("gives the price by the interval and for the seats that the customer has", () => {
    const yearly = { planId: "pro", interval: "year", currency: "usd" } as const;
    const answer = check(yearly, "messages", 10_000);
    expect(answer).toMatchObject({ unlocks: [{ planId: "team", price: { interval: "month" } }, {}] });
    const seats = buildSubscription({ planId: "pro", currency: "usd", quantity: 7 });
    expect(check(seats, "messages", 10_000)).toMatchObject({
      unlocks: [{ planId: "team", price: { quantity: 7, amounts: { usd: 10_500 } } }, {}],
    });
  });

  it("names nothing to buy where a payment has to be settled first, and nothing that is not sold to them", () => {
    expect(check({ status: "unpaid" }, "export")).toMatchObject({ reason: "payment_failed", unlocks: [] });
    const hidden = { ...base.plans.pro, private: true };
    const plans = { ...catalog, plans: { ...catalog.plans, pro: hidden } } as Catalog;
    expect(check({ planId: "starter" }, "export", 0, plans)).toMatchObject({
      unlocks: [{ planId: "team" }, { planId: "enterprise" }],
    });
    const gbp = check({ planId: "starter", currency: "gbp" }, "export");
    expect(gbp).toMatchObject({ unlocks: [{ planId: "enterprise", price: null }] });
  });
});

describe("use beyond what a plan includes", () => {
  const allowing = {
    ...catalog,
    plans: { ...catalog.plans, starter: { ...base.plans.starter, overage: { messages: "allowed" } } },
  } as Catalog;

  it("goes on where the plan allows it, counted and without a limit, and ends where it does not", () => {
    const open = { allowed: true, limit: null, remaining: null };
    expect(check({ planId: "starter" }, "messages", 5000, allowing)).toEqual(open);
    expect(check({ planId: "starter" }, "messages", 5000)).toMatchObject({ reason: "limit_reached" });
    expect(check(null, "messages", 5000, allowing)).toMatchObject({ reason: "limit_reached" });
    const state = decideAccess({
      catalog: allowing,
      customer,
      subscriptions: [buildSubscription({ planId: "starter" })],
      usage: { messages: 5000 },
      now,
    });
    expect(state.features.messages).toMatchObject({ overage: "allowed", limit: 1000, used: 5000 });
    expect(state.features.messages).not.toHaveProperty("unlocks");
  });
});
