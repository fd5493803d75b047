import { describe, expect, it, test } from "vitest";
import type { PriceRate } from "../language/price-rate.js";
import type { Subscription } from "../language/subscription.js";
import { buildCatalog } from "../testing/building/build-catalog.js";
import { buildCareItem, buildSubscription } from "../testing/building/build-subscription.js";
import type { ChangeChoice } from "./change.js";
import { type ChangePolicies, defaultChangePolicies } from "./change-policy.js";
import { decideChange } from "./decide-change.js";

const plain = buildCatalog();
const catalog = {
  ...plain,
  plans: {
    ...plain.plans,
    cheap: { name: "Cheap", prices: { month: { usd: 1500 } }, includes: {} },
    twin: { name: "Twin", prices: { month: { usd: 2900 } }, includes: {} },
    dear: { name: "Dear", prices: { month: { usd: 9900 }, year: { usd: 99_000 } }, includes: {} },
    crew: {
      name: "Crew",
      prices: { month: { base: { usd: 4900 }, perSeat: { usd: 900 }, included: 5, step: 2, minimum: 2 } },
      includes: {},
    },
    packs: { name: "Packs", prices: { month: { perPackage: { usd: 1000 }, size: 10 } }, includes: {} },
    euro: { name: "Euro", prices: { month: { eur: 100 } }, includes: {} },
    old: { name: "Old", retired: true, prices: { month: { usd: 5000 } }, includes: {} },
  },
};
const now = new Date("2026-03-10T12:00:00.000Z");
const end = "2026-04-01T00:00:00.000Z";

function subscribed(more: Partial<Subscription> & { unitAmount?: number | null } = {}): Subscription {
  const { unitAmount = 2900, ...rest } = more;
  const built = buildSubscription(rest);
  return { ...built, items: built.items.map((item) => ({ ...item, unitAmount })) };
}

function decide(
  subscriptions: readonly Subscription[],
  choice: ChangeChoice,
  policies: ChangePolicies = defaultChangePolicies,
) {
  return decideChange({ catalog, subscriptions, choice, policies, now });
}

const pro = subscribed();
const yearly = subscribed({ interval: "year", unitAmount: 29_000 });
const team = subscribed({ planId: "team", quantity: 5, unitAmount: 1500 });
/** Bought in packages when those were cheaper. */
const packs = withRate(subscribed({ planId: "packs", quantity: 25, unitAmount: null }), {
  kind: "package",
  amount: 500,
  size: 10,
});

function withRate(subscription: Subscription, rate: PriceRate): Subscription {
  return { ...subscription, items: subscription.items.map((item) => ({ ...item, rate })) };
}

describe("which way a change goes, and when it happens", () => {
  test.each<[string, Subscription, ChangeChoice, string, string]>([
    ["more money", pro, { planId: "dear" }, "upgrade", "now"],
    ["less money", pro, { planId: "starter" }, "downgrade", "period_end"],
    ["as much money", pro, { planId: "twin" }, "crossgrade", "now"],
    ["a base that costs more than a flat plan", pro, { planId: "crew" }, "upgrade", "now"],
    ["seats that a base contains", team, { planId: "crew", quantity: 4 }, "downgrade", "period_end"],
    ["more seats than a base contains", team, { planId: "crew", quantity: 10 }, "upgrade", "now"],
    ["packages that cost less", team, { planId: "packs", quantity: 70 }, "downgrade", "period_end"],
    ["as much money as three old packages", packs, { planId: "cheap" }, "crossgrade", "now"],
    ["another unit in the same package", packs, { planId: "packs", quantity: 26 }, "more_seats", "now"],
    ["a longer interval", pro, { planId: "pro", interval: "year" }, "longer_interval", "now"],
    ["a shorter interval", yearly, { planId: "pro", interval: "month" }, "shorter_interval", "period_end"],
    [
      "a shorter interval of a dearer plan",
      yearly,
      { planId: "dear", interval: "month" },
      "shorter_interval",
      "period_end",
    ],
    [
      "a longer interval that costs less",
      subscribed({ planId: "team", quantity: 50, unitAmount: 1500 }),
      { planId: "pro", interval: "year" },
      "downgrade",
      "period_end",
    ],
    ["more seats", team, { planId: "team", quantity: 8 }, "more_seats", "now"],
    ["fewer seats", team, { planId: "team", quantity: 2 }, "fewer_seats", "period_end"],
    ["seats of another plan, all of them", pro, { planId: "team", quantity: 2 }, "upgrade", "now"],
    [
      "amounts that nobody knows, by the catalog's order",
      subscribed({ unitAmount: null }),
      { planId: "starter" },
      "downgrade",
      "period_end",
    ],
  ])("%s", (_, held, choice, kind, at) => {
    expect(decide([held], choice)).toMatchObject({
      kind,
      at,
      effectiveAt: at === "now" ? now.toISOString() : end,
    });
  });

  it("follows the policy of its direction", () => {
    const policies = { ...defaultChangePolicies, downgrade: { at: "next_invoice", prorate: false } } as const;
    const change = decide([pro], { planId: "starter" }, policies);
    expect(change).toMatchObject({ at: "next_invoice", prorate: false, effectiveAt: now.toISOString() });
  });

  test.each([{ planId: "dear" }, { planId: "starter" }, { planId: "pro", interval: "year" }] as const)(
    "happens at once in a trial, and costs nothing: %o",
    (choice) => {
      const trial = subscribed({ status: "trialing", trialEndsAt: end });
      expect(decide([trial], choice)).toMatchObject({ at: "now", prorate: false });
    },
  );
});

describe("what is left out of the choice", () => {
  test.each<[string, Subscription, ChangeChoice, object]>([
    ["stays monthly", pro, { planId: "dear" }, { interval: "month", quantity: 1 }],
    ["stays yearly", yearly, { planId: "dear" }, { interval: "year" }],
    ["is monthly where nothing else is sold", yearly, { planId: "starter" }, { interval: "month" }],
    [
      "stays by an interval that is no longer sold",
      subscribed({ planId: "team", interval: "year", quantity: 5, unitAmount: 15_000 }),
      { planId: "team", quantity: 6 },
      { interval: "year", priceId: "price_1" },
    ],
    ["keeps the seats", team, { planId: "pro" }, { quantity: 1 }],
    ["takes the fewest seats that are sold", pro, { planId: "team" }, { quantity: 2 }],
    ["takes the next larger number that is sold", team, { planId: "crew" }, { quantity: 6 }],
    ["keeps the price of who stays", team, { planId: "team", quantity: 6 }, { priceId: "price_1" }],
    ["takes today's price for another plan", pro, { planId: "dear" }, { priceId: null }],
  ])("%s", (_, held, choice, to) => {
    expect(decide([held], choice).to).toMatchObject(to);
  });

  it("lets whoever has a retired plan change its seats, and nobody go to it", () => {
    const plans = { ...plain.plans, team: { ...plain.plans.team, retired: true } };
    const input = { catalog: { ...plain, plans }, policies: defaultChangePolicies, now };
    const choice = { planId: "team", quantity: 9 };
    expect(decideChange({ ...input, subscriptions: [team], choice }).kind).toBe("more_seats");
    expect(() => decideChange({ ...input, subscriptions: [pro], choice })).toThrow(
      expect.objectContaining({ code: "plan_not_for_sale" }),
    );
  });

  it("changes the line of the plan's group and no other", () => {
    const both = { ...pro, items: [buildCareItem(), ...pro.items] };
    expect(decide([both], { planId: "dear" }).itemId).toBe("si_1");
  });
});

describe("a change that waits", () => {
  const pendingChange = { planId: "starter", interval: "month", quantity: 1, at: end } as const;
  const waiting = subscribed({ pendingChange });

  it("is replaced by the next one", () => {
    expect(decide([waiting], { planId: "dear" })).toMatchObject({ kind: "upgrade", at: "now" });
  });

  it("is withdrawn when what they have is chosen again", () => {
    expect(decide([waiting], { planId: "pro" })).toMatchObject({ kind: "undo", at: "now", prorate: false });
  });

  it("is not agreed twice", () => {
    expect(() => decide([waiting], { planId: "starter" })).toThrow(
      expect.objectContaining({ code: "nothing_to_change", details: { at: end } }),
    );
  });
});

describe("a change is refused", () => {
  const paused = { kind: "full", resumesAt: null } as const;
  const cases: [string, readonly Subscription[], ChangeChoice, string][] = [
    ["without a subscription", [], { planId: "pro" }, "nothing_to_manage"],
    ["after the end", [subscribed({ status: "ended" })], { planId: "dear" }, "subscription_ended"],
    [
      "before the first payment",
      [subscribed({ status: "incomplete" })],
      { planId: "dear" },
      "subscription_incomplete",
    ],
    [
      "in a pause",
      [subscribed({ status: "paused", pause: paused })],
      { planId: "dear" },
      "subscription_paused",
    ],
    [
      "while nothing is collected",
      [subscribed({ pause: { kind: "collection", resumesAt: null } })],
      { planId: "starter" },
      "subscription_paused",
    ],
    ["before a scheduled end", [subscribed({ cancelAt: end })], { planId: "dear" }, "cancel_scheduled"],
    ["to more, past due", [subscribed({ status: "past_due" })], { planId: "dear" }, "payment_overdue"],
    ["unpaid", [subscribed({ status: "unpaid" })], { planId: "starter" }, "payment_overdue"],
    ["to what they have", [pro], { planId: "pro" }, "nothing_to_change"],
    [
      "to what they have, named in full",
      [team],
      { planId: "team", interval: "month", quantity: 5 },
      "nothing_to_change",
    ],
    ["to no plan", [pro], { planId: "toString" }, "unknown_plan"],
    ["to the free plan", [pro], { planId: "free" }, "plan_not_for_sale"],
    ["to what is sold by hand", [pro], { planId: "enterprise" }, "plan_not_for_sale"],
    ["to a retired plan", [pro], { planId: "old" }, "plan_not_for_sale"],
    ["to an interval that is not sold", [pro], { planId: "starter", interval: "year" }, "unknown_price"],
    ["to another currency", [pro], { planId: "euro" }, "currency_conflict"],
    ["to one seat too few", [pro], { planId: "team", quantity: 1 }, "invalid_quantity"],
    ["to no seats", [team], { planId: "team", quantity: 0 }, "invalid_quantity"],
    ["to seats between two steps", [team], { planId: "crew", quantity: 3 }, "invalid_quantity"],
    ["to half a seat", [team], { planId: "team", quantity: 2.5 }, "invalid_quantity"],
    ["to several of a flat plan", [pro], { planId: "dear", quantity: 2 }, "invalid_quantity"],
    ["of another group's plan", [pro], { planId: "care" }, "nothing_to_manage"],
  ];

  test.each(cases)("%s", (_, subscriptions, choice, code) => {
    expect(() => decide(subscriptions, choice)).toThrow(expect.objectContaining({ code }));
  });

  it("but not to less at the period's end for want of a payment", () => {
    expect(decide([subscribed({ status: "past_due" })], { planId: "starter" }).at).toBe("period_end");
  });
});
