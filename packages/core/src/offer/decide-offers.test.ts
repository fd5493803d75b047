import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { decideAccess } from "../access/decide-access.js";
import type { Catalog } from "../catalog/catalog.js";
import { pricesOf } from "../catalog/prices.js";
import { defaultChangePolicies } from "../change/change-policy.js";
import { decideCheckout } from "../checkout/decide-checkout.js";
import type { Subscription } from "../language/subscription.js";
import type { PortalAbility } from "../portal/portal-ability.js";
import { buildCatalog } from "../testing/building/build-catalog.js";
import { buildCareItem, buildSubscription } from "../testing/building/build-subscription.js";
import { offersToMember } from "./offer-to.js";
import type { PlanOffer } from "./plan-offer.js";

const plain = buildCatalog();
const catalog = {
  ...plain,
  plans: {
    ...plain.plans,
    guild: { name: "Guild", prices: { month: { perSeat: { usd: 900 } } }, includes: {} },
    old: { name: "Old", retired: true, prices: { month: { usd: 1 } }, includes: {} },
  },
};
const december = "2026-12-20T00:00:00.000Z";
const now = new Date("2026-03-10T12:00:00.000Z");
const customer = { id: "org_1", canManage: true, hasBillingAccount: true };

function offers(subscriptions: readonly Subscription[], portal?: PortalAbility, of: Catalog = catalog) {
  return decideAccess({ catalog: of, customer, subscriptions, now, ...(portal && { portal }) }).offers;
}

/** To a plan other than `pro`, as the provider bills it. */
function subscribed(planId: string, more: Partial<Subscription> = {}): Subscription {
  const { items, ...rest } = buildSubscription({ planId, ...more });
  return { ...rest, items: items.map((item) => ({ ...item, ...more, planId, id: "si_1" })) };
}

const pro = buildSubscription();
const pending = { planId: "starter", interval: "month", quantity: 1, at: december } as const;
const trialOver = { kind: "full", resumesAt: null, reason: "trial_ended" } as const;

describe("what is offered about a plan", () => {
  it.each<[string, readonly Subscription[], string, PlanOffer]>([
    ["a first plan is sold, with its trial", [], "pro", { kind: "checkout", trialDays: 14 }],
    ["the free plan belongs to those who have no other", [], "free", { kind: "current", changes: false }],
    [
      "what is sold by hand is asked for",
      [pro],
      "enterprise",
      { kind: "contact", url: "mailto:sales@example.com" },
    ],
    ["the plan that runs is theirs, by either interval", [pro], "pro", { kind: "current", changes: true }],
    [
      "a plan with one interval can't be had by another",
      [subscribed("starter")],
      "starter",
      { kind: "current", changes: false },
    ],
    [
      "a richer one is a change upwards",
      [subscribed("starter")],
      "pro",
      { kind: "change", to: "higher", at: "now" },
    ],
    [
      "a cheaper one is a change downwards",
      [pro],
      "starter",
      { kind: "change", to: "lower", at: "period_end" },
    ],
    [
      "a flat plan becomes seats by a change of ours",
      [pro],
      "team",
      { kind: "switch", to: "higher", at: "now" },
    ],
    [
      "seats become a flat plan by a change of ours",
      [subscribed("team", { quantity: 3 })],
      "pro",
      { kind: "switch", to: "lower", at: "period_end" },
    ],
    [
      "seats become other seats",
      [subscribed("team", { quantity: 3 })],
      "guild",
      { kind: "change", to: "higher", at: "period_end" },
    ],
    [
      "seats may become more",
      [subscribed("team", { quantity: 3 })],
      "team",
      { kind: "current", changes: true },
    ],
    [
      "a flat plan that was sold twice becomes another by a change of ours",
      [subscribed("pro", { quantity: 2 })],
      "starter",
      { kind: "switch", to: "lower", at: "period_end" },
    ],
    [
      "two lines of one subscription are changed by a change of ours",
      [{ ...pro, items: [...pro.items, buildCareItem()] }],
      "starter",
      { kind: "switch", to: "lower", at: "period_end" },
    ],
    [
      "a plan without their currency is not sold",
      [subscribed("pro", { currency: "eur" })],
      "guild",
      { kind: "not_sold" },
    ],
    ["nor one of another group", [subscribed("pro", { currency: "eur" })], "care", { kind: "not_sold" }],
    ["another group is sold beside it", [pro], "care", { kind: "checkout", trialDays: 0 }],
    ["the free plan ends what runs", [pro], "free", { kind: "cancel" }],
    ["or waits for its end", [{ ...pro, cancelAt: december }], "free", { kind: "pending", at: december }],
    [
      "a change that is agreed waits",
      [{ ...pro, pendingChange: pending }],
      "starter",
      { kind: "pending", at: december },
    ],
    ["what ended is sold again", [{ ...pro, status: "ended" }], "pro", { kind: "checkout", trialDays: 14 }],
    [
      "what was never paid is sold again",
      [{ ...pro, status: "incomplete" }],
      "pro",
      { kind: "checkout", trialDays: 14 },
    ],
    [
      "a trial is given once",
      [{ ...pro, status: "ended", trialEndsAt: december }],
      "pro",
      { kind: "checkout", trialDays: 0 },
    ],
    [
      "a plan whose trial ended without a payment method is sold again",
      [{ ...pro, status: "paused", pause: trialOver, trialEndsAt: december }],
      "pro",
      { kind: "checkout", trialDays: 0 },
    ],
    [
      "unless another one holds the group",
      [
        {
          ...pro,
          status: "paused",
          pause: trialOver,
          trialEndsAt: december,
          startedAt: "2026-04-01T00:00:00.000Z",
        },
        { ...pro, id: "sub_2", status: "unpaid" },
      ],
      "starter",
      { kind: "change", to: "lower", at: "period_end" },
    ],
    [
      "a retired plan may be left",
      [subscribed("old")],
      "starter",
      { kind: "change", to: "lower", at: "period_end" },
    ],
  ])("%s", (_, subscriptions, planId, expected) => {
    expect(offers(subscriptions)[planId]).toEqual(expected);
  });

  it("is nothing about a retired plan", () => {
    expect(Object.keys(offers([subscribed("old")]))).not.toContain("old");
  });
});

describe("what a provider's portal can't do", () => {
  it("is not offered", () => {
    const portal = { cancels: false, switches: null };
    const providers = { seller: "stripe", portals: { stripe: portal }, changers: [] };
    const poor = decideAccess({ catalog, customer, subscriptions: [pro], now, providers }).offers;
    expect([poor.free, poor.starter, poor.pro]).toEqual([
      { kind: "not_switchable" },
      { kind: "not_switchable" },
      { kind: "current", changes: false },
    ]);
  });

  it("is offered where a change of ours can", () => {
    const ours = offers([pro], { cancels: false, switches: null });
    expect([ours.free, ours.starter, ours.pro]).toEqual([
      { kind: "not_switchable" },
      { kind: "switch", to: "lower", at: "period_end" },
      { kind: "current", changes: false, switches: true },
    ]);
    const starter = offers([subscribed("starter")], { cancels: false, switches: null }).starter;
    expect(starter).toEqual({ kind: "current", changes: false });
    const full = offers([subscribed("team", { quantity: 100 })], { cancels: true, switches: null }).team;
    expect(full).toEqual({ kind: "current", changes: false, switches: true });
  });

  it("happens when the app's policies say", () => {
    const policies = { ...defaultChangePolicies, downgrade: { at: "now", prorate: true } } as const;
    const portal = { cancels: true, switches: null };
    const input = { catalog, customer, subscriptions: [pro], now, portal };
    const { starter } = decideAccess({ ...input, changePolicies: policies }).offers;
    expect(starter).toEqual({ kind: "switch", to: "lower", at: "now" });
  });

  it.each<[string, Partial<Subscription>]>([
    ["is cancelled", { cancelAt: december }],
    ["is paused", { status: "paused", pause: { kind: "full", resumesAt: null, reason: "asked" } }],
    ["is not paid", { status: "unpaid" }],
  ])("is not offered either while what they have %s: a change would be refused", (_, differs) => {
    const { team } = offers([{ ...pro, ...differs }]);
    expect(team).toEqual({ kind: "not_switchable" });
  });

  it("is to show more than a certain number of plans: those nearest to theirs are offered", () => {
    const ids = ["a", "b", "c", "d", "e"];
    const prices = { month: { usd: 100 } };
    const many = {
      ...plain,
      plans: Object.fromEntries(ids.map((id) => [id, { name: id, prices, includes: {} }])),
    };
    const seen = offers([subscribed("d")], { cancels: true, switches: { plansAtMost: 3 } }, many);
    expect(ids.map((id) => seen[id]?.kind)).toEqual(["switch", "switch", "change", "current", "change"]);
  });
});

describe("with several providers", () => {
  const all = { cancels: true, switches: { plansAtMost: 10 } };
  const moving = (subscriptions: readonly Subscription[], portals: Readonly<Record<string, PortalAbility>>) =>
    decideAccess({
      ...{ catalog, customer, subscriptions, now },
      providers: { seller: "new", portals, changers: ["new"] },
    }).offers;
  const old = { provider: "old" };

  it.each<[string, readonly Subscription[], Readonly<Record<string, PortalAbility>>, string, PlanOffer]>([
    [
      "what another one bills is changed at that one's portal",
      [subscribed("starter", old)],
      { new: { cancels: false, switches: null }, old: all },
      "pro",
      { kind: "change", to: "higher", at: "now" },
    ],
    [
      "as far as that portal can",
      [subscribed("starter", old)],
      { new: all, old: { cancels: true, switches: null } },
      "pro",
      { kind: "not_switchable" },
    ],
    ["and cancelled there", [subscribed("starter", old)], { new: all, old: all }, "free", { kind: "cancel" }],
    [
      "what nobody manages any more runs on, and is not sold again",
      [subscribed("starter", old)],
      { new: all },
      "pro",
      { kind: "not_switchable" },
    ],
    [
      "nor is it cancelled",
      [subscribed("starter", { provider: "toString" })],
      { new: all },
      "free",
      { kind: "not_switchable" },
    ],
    [
      "another one's currency is in nobody's way",
      [subscribed("pro", { ...old, currency: "eur" })],
      { new: all, old: all },
      "care",
      { kind: "checkout", trialDays: 0 },
    ],
    [
      "the seller's own is",
      [subscribed("pro", { provider: "new", currency: "eur" })],
      { new: all, old: all },
      "care",
      { kind: "not_sold" },
    ],
    [
      "a trial is given once, wherever it was",
      [subscribed("pro", { ...old, status: "ended", trialEndsAt: december })],
      { new: all, old: all },
      "pro",
      { kind: "checkout", trialDays: 0 },
    ],
  ])("%s", (_, subscriptions, portals, planId, expected) => {
    expect(moving(subscriptions, portals)[planId]).toEqual(expected);
  });
});

describe("a member", () => {
  it("is told what they have, and that somebody else has to do the rest", () => {
    expect(offersToMember(offers([{ ...pro, pendingChange: pending }]))).toMatchObject({
      free: { kind: "managers_only" },
      starter: { kind: "pending" },
      pro: { kind: "current" },
      team: { kind: "managers_only" },
      enterprise: { kind: "contact" },
      care: { kind: "managers_only" },
    });
  });
});

const anySubscription = fc
  .record({
    planId: fc.constantFrom("starter", "pro", "team", "care", "old", "gone"),
    status: fc.constantFrom("incomplete", "trialing", "active", "past_due", "unpaid", "paused", "ended"),
    currency: fc.constantFrom("usd", "eur"),
    quantity: fc.integer({ min: 1, max: 3 }),
    trialEndsAt: fc.constantFrom(null, december),
    pause: fc.constantFrom(null, trialOver),
    cancelAt: fc.constantFrom(null, december, "2026-03-01T00:00:00.000Z"),
    startedAt: fc.constantFrom("2026-01-01T00:00:00.000Z", "2026-02-01T00:00:00.000Z"),
    id: fc.constantFrom("sub_1", "sub_2", "sub_3"),
    provider: fc.constantFrom("new", "old", "gone"),
  })
  .map(({ planId, ...more }) =>
    subscribed(planId, { ...more, group: planId === "care" ? "support" : "main" }),
  );

test("a checkout sells exactly what is offered as one, with the same trial", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(anySubscription, { maxLength: 3, selector: ({ id }) => id }),
      (subscriptions) => {
        const portal = { cancels: true, switches: null };
        const providers = { seller: "new", portals: { new: portal, old: portal } };
        const made = decideAccess({ catalog, customer, subscriptions, now, providers }).offers;
        for (const [planId, offer] of Object.entries(made)) {
          const sold = pricesOf(planId, catalog.plans[planId as keyof typeof catalog.plans]).flatMap(
            ({ interval, currency, minimumQuantity: quantity }) => {
              try {
                return [
                  decideCheckout({
                    catalog,
                    subscriptions,
                    seller: "new",
                    choice: { planId, interval, currency, quantity },
                  }),
                ];
              } catch {
                return [];
              }
            },
          );
          const trials = new Set(sold.map((one) => one.kind === "subscription" && one.trialDays));
          expect([...trials]).toEqual(offer.kind === "checkout" ? [offer.trialDays] : []);
        }
      },
    ),
    { numRuns: 300 },
  );
});
