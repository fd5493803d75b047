import { describe, expect, it, test } from "vitest";
import { decideAccess } from "../access/decide-access.js";
import { definePlans } from "../catalog/define-plans.js";
import { defaultChangePolicies } from "../change/change-policy.js";
import { decideChange } from "../change/decide-change.js";
import { accessResponse } from "../contract/access.js";
import type { Subscription } from "../language/subscription.js";
import { buildCatalog } from "../testing/building/build-catalog.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import type { AddOnOffer } from "./add-on-offer.js";

const plain = buildCatalog();
const catalog = definePlans({
  ...plain,
  addOns: {
    storage: {
      name: "Storage",
      prices: { month: { usd: 500 }, year: { usd: 5_000 } },
      maximum: 20,
      includes: { projects: 10 },
    },
    help: {
      name: "Help",
      prices: { month: { usd: 1_500 } },
      plans: ["pro", "team"],
      maximum: 1,
      includes: { support: true },
    },
    fax: { name: "Fax", prices: { month: { usd: 100 } }, includes: {}, retired: true },
  },
});
const now = new Date("2026-03-10T12:00:00.000Z");
const end = "2026-04-01T00:00:00.000Z";
const customer = { id: "org_1", canManage: true, hasBillingAccount: true };

function having(planId: string, extras: Readonly<Record<string, number>>, more: Partial<Subscription> = {}) {
  const built = buildSubscription({ planId, ...more });
  const { interval, currentPeriod } = built;
  const lines = Object.entries(extras).map(([addOnId, quantity]) => {
    const line = { id: `si_${addOnId}`, priceId: `price_${addOnId}`, planId: null, group: null, addOnId };
    return { ...line, interval, quantity, unitAmount: 400, currentPeriod };
  });
  return { ...built, items: [...built.items.map((item) => ({ ...item, planId })), ...lines] };
}

const decide = (subscriptions: readonly Subscription[], who = customer) =>
  decideAccess({ catalog, customer: who, subscriptions, now });
const monthly = { interval: "month", currency: "usd" } as const;
const more = { kind: "add", ...monthly, amount: 500, maximum: 20 } as const;
const held = { kind: "held", quantity: 2, changes: true, ...monthly, amount: 400, maximum: 20 } as const;
const pending = (addOns: Readonly<Record<string, number>>) => ({
  pendingChange: { planId: "pro", interval: "month", quantity: 1, addOns, at: end } as const,
});
const locked = { kind: "not_changeable" } as const;

describe("what is offered about an add-on", () => {
  test.each<[string, readonly Subscription[], string, AddOnOffer | undefined]>([
    ["without a subscription it is bought with a plan", [], "storage", { kind: "checkout" }],
    [
      "nor does what has ended take it",
      [having("pro", {}, { status: "ended" })],
      "storage",
      { kind: "checkout" },
    ],
    ["it may be added, at today's price", [having("pro", {})], "storage", more],
    ["it is had, at what they pay", [having("pro", { storage: 2 })], "storage", held],
    ["it may be added beside another one", [having("pro", { help: 1 })], "storage", more],
    ["the plan includes it", [having("team", {})], "storage", { kind: "included" }],
    ["the plan does not take it", [having("starter", {})], "help", { kind: "not_for_plan" }],
    [
      "it has no price by the interval",
      [having("pro", {}, { interval: "year" })],
      "help",
      { kind: "not_sold" },
    ],
    [
      "it has no price in the currency",
      [having("pro", {}, { currency: "eur" })],
      "help",
      { kind: "not_sold" },
    ],
    [
      "it goes when the period ends",
      [having("pro", { storage: 2 }, pending({}))],
      "storage",
      { kind: "pending", quantity: 2, to: 0, at: end },
    ],
    [
      "it comes when the period ends",
      [having("pro", {}, pending({ storage: 1 }))],
      "storage",
      { kind: "pending", quantity: 0, to: 1, at: end },
    ],
    [
      "it stays while something else waits",
      [having("pro", { storage: 2 }, pending({ storage: 2 }))],
      "storage",
      held,
    ],
    ["it waits for a payment", [having("pro", {}, { status: "past_due" })], "storage", locked],
    [
      "it may go although a payment is overdue",
      [having("pro", { storage: 2 }, { status: "past_due" })],
      "storage",
      held,
    ],
    ["not before an end that is planned", [having("pro", {}, { cancelAt: end })], "storage", locked],
    [
      "nor is it taken off then",
      [having("pro", { storage: 2 }, { cancelAt: end })],
      "storage",
      { ...held, changes: false },
    ],
    ["it is retired, and nobody has it", [having("pro", {})], "fax", undefined],
    ["it is retired, and they have it", [having("pro", { fax: 2 })], "fax", { ...held, maximum: 10_000 }],
  ])("%s", (_, subscriptions, id, offer) => {
    const state = decide(subscriptions);
    expect(state.addOnOffers?.[id]).toEqual(offer);
    expect(accessResponse.parse(state)).toEqual(state);
  });

  it("is what a change does", () => {
    for (const planId of ["starter", "pro", "team"]) {
      for (const interval of ["month", "year"] as const) {
        const one = having(planId, {}, { interval });
        for (const [addOnId, offer] of Object.entries(decide([one]).addOnOffers ?? {})) {
          const choice = { planId, addOns: { [addOnId]: 1 } };
          const change = () =>
            decideChange({ catalog, subscriptions: [one], choice, policies: defaultChangePolicies, now });
          if (offer.kind === "add")
            expect(change()).toMatchObject({ addOns: [{ addOnId, becomes: "added" }] });
          else expect(change).toThrow(expect.objectContaining({ code: "unknown_add_on" }));
        }
      }
    }
  });

  it("is not what a member may do, nor anything where the provider can't, or where there are none", () => {
    const member = decide([having("pro", { storage: 2 })], { ...customer, canManage: false });
    expect(member.addOnOffers).toEqual({
      storage: { ...held, changes: false },
      help: { kind: "managers_only" },
    });
    const providers = { seller: "stripe", portals: {}, changers: [] };
    const subscriptions = [having("pro", { storage: 2 })];
    const poor = decideAccess({ catalog, customer, subscriptions, providers, now });
    expect(poor.addOnOffers).toEqual({ storage: { ...held, changes: false }, help: locked });
    expect(decideAccess({ catalog: plain, customer, subscriptions: [], now })).not.toHaveProperty(
      "addOnOffers",
    );
  });
});
