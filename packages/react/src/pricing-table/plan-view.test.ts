import {
  type AccessState,
  describePlans,
  heldIn,
  type Interval,
  type PriceRate,
  type SubscriptionSummary,
  withOwnPrice,
} from "@tollgate/core";
import { describe, expect, test } from "vitest";
import { accessFor } from "../testing/access-for.js";
import { demoPlans, mixedPlans } from "./demo-plans.js";
import { describePlanView } from "./plan-view.js";
import { planMessages } from "./pricing-table-messages.js";
import { createPricingWords, sayNote, sayPrice, sayRate } from "./pricing-words.js";

const december = "2026-12-20T00:00:00.000Z";

/** Somebody whose subscription differs from today's catalog. */
function subscriber(
  planId: keyof typeof demoPlans.plans,
  differs: Partial<SubscriptionSummary>,
): AccessState {
  const access = accessFor(demoPlans, { planId });
  const [held] = access.subscriptions;
  if (held === undefined) throw new Error("no subscription");
  const subscription = { ...held, ...differs };
  return { ...access, subscription, subscriptions: [subscription] };
}

function view(
  planId: string,
  access: AccessState,
  { interval = "month", currency = "usd", quantity, catalog = demoPlans, changeUrl }: Partial<Asked> = {},
) {
  const listed = describePlans(catalog, currency).plans;
  const held = heldIn(access.subscriptions, "main");
  const plans = listed.map((plan) => withOwnPrice(plan, held, currency));
  const plan = plans.find(({ id }) => id === planId);
  if (plan === undefined) throw new Error("no such plan");
  const shown = { plan, plans, held, interval, currency, access, quantity } as const;
  return describePlanView({
    ...shown,
    isKnown: true,
    keepsRoom: false,
    activity: { status: "idle", error: null },
    signInUrl: undefined,
    changeUrl,
  });
}

interface Asked {
  readonly interval: Interval;
  readonly currency: string;
  readonly quantity: number | undefined;
  readonly catalog: Parameters<typeof describePlans>[0];
  readonly changeUrl: string;
}

const words = createPricingWords(planMessages, "en", "usd");

describe("the price of a person's own plan", () => {
  test("is what the subscriber pays, not what it costs others today", () => {
    const access = subscriber("pro", { unitAmount: 1900 });
    expect(sayPrice(words, view("pro", access))).toBe("$19 a month");
    expect(view("pro", access).offer).toMatchObject({ kind: "current" });
    expect(sayPrice(words, view("team", access))).toBe("$57 a month");
  });

  test("counts every seat at the subscriber's own price", () => {
    const access = subscriber("team", { unitAmount: 1500, quantity: 8 });
    expect(sayPrice(words, view("team", access))).toBe("$120 a month");
    expect(sayPrice(words, view("team", access, { quantity: 10 }))).toBe("$150 a month");
    expect(sayNote(words, view("team", access, { quantity: 10 }))).toBe("You pay $120 a month now");
  });

  test("is all of it, even when a flat price was bought more than once", () => {
    const access = subscriber("pro", { unitAmount: 1900, quantity: 3 });
    expect(sayPrice(words, view("pro", access))).toBe("$57 a month");
  });

  test("says what they pay now beside what the other interval would cost", () => {
    const access = subscriber("pro", { unitAmount: 1900 });
    const yearly = view("pro", access, { interval: "year" });
    expect(yearly.offer).toEqual({ kind: "change", to: "interval", at: "now" });
    expect(sayPrice(words, yearly)).toBe("$290 a year");
    expect(sayNote(words, yearly)).toBe("You pay $19 a month now");
  });

  test("stays in the subscriber's currency, even one that the catalog no longer has", () => {
    const access = subscriber("pro", { currency: "gbp", unitAmount: 2100 });
    expect(sayPrice(words, view("pro", access))).toBe("£21 a month");
    expect(sayPrice(words, view("pro", access, { interval: "year" }))).toBe("£21 a month");
  });

  test("is there for an interval and a plan that are no longer sold", () => {
    const old = { ...demoPlans, plans: { ...demoPlans.plans, pro: demoPlans.plans.enterprise } };
    const access = subscriber("pro", { unitAmount: 9900, interval: "year" });
    expect(sayPrice(words, view("pro", access, { interval: "year", catalog: old }))).toBe("$99 a year");
  });

  test("is not an amount at all where the provider has no single one", () => {
    const access = subscriber("pro", { unitAmount: null });
    expect(view("pro", access).price).toBeNull();
    expect(view("pro", access).offer).toMatchObject({ kind: "current" });
  });

  test("is what follows a trial, whatever is chosen meanwhile", () => {
    const access = subscriber("team", { status: "trialing", trialEndsAt: december, quantity: 8 });
    const chosen = view("team", access, { interval: "year", quantity: 20 });
    expect(sayNote(words, chosen)).toBe("Trial until December 20, 2026, then $152 a month");
  });
});

test("a plan that their own can't be changed to is not recommended, and says why", () => {
  const team = view("team", accessFor(demoPlans, { planId: "pro" }));
  expect(team.offer).toEqual({ kind: "not_switchable" });
  expect(sayNote(words, team)).toBe(
    "Pro can't be switched to Team directly. You can get Team once it has ended.",
  );
});

test("a plan that only a change of ours reaches leads to the app's page for it, or to what the app does", () => {
  const access = accessFor(demoPlans, { planId: "pro" });
  const linked = view("team", access, { changeUrl: "/account/change" });
  expect([linked.href, linked.offer.kind]).toEqual(["/account/change?plan=team", "switch"]);
  expect(sayNote(words, linked)).toBeNull();
  const own = view("team", access, { changeUrl: "" });
  expect([own.href || null, own.offer.kind]).toEqual([null, "switch"]);
});

test("a change that is agreed is shown as it was agreed", () => {
  const pendingChange = { planId: "team", interval: "year", quantity: 5, at: december } as const;
  const access = subscriber("pro", { pendingChange });
  expect(sayPrice(words, view("team", access))).toBe("$950 a year");
});

describe("a plan that is sold by one interval only", () => {
  test.each([
    ["starter", "year", true],
    ["starter", "month", false],
    ["pro", "year", false],
    ["pro", "month", false],
  ] as const)("%s, asked by the %s", (planId, interval, lacksInterval) => {
    const access = accessFor(mixedPlans);
    expect(view(planId, access, { interval, catalog: mixedPlans }).lacksInterval).toBe(lacksInterval);
  });
});

describe("a recommendation", () => {
  const leaving = { planId: "pro", interval: "month", quantity: 1, at: december } as const;
  test.each([
    ["for a visitor", accessFor(demoPlans, { customerId: null }), true],
    ["for anyone on the free plan", accessFor(demoPlans), true],
    ["not for anyone who has the plan", accessFor(demoPlans, { planId: "pro" }), false],
    ["not for anyone who has it by the year", subscriber("pro", { interval: "year" }), false],
    ["not for anyone who has a richer one", accessFor(demoPlans, { planId: "team" }), false],
    ["not for anyone who is moving there anyway", subscriber("team", { pendingChange: leaving }), false],
  ])("is %s", (_, access, expected) => {
    expect(view("pro", access).isRecommended).toBe(expected);
  });
});

describe("what seats and use cost, in words", () => {
  const say = (rate: PriceRate, included?: number) => sayRate(words, rate, "usd", included);
  const tier = (upTo: number | null, perUnit: number, flat = 0) => ({ upTo, perUnit, flat });

  test.each<[string, PriceRate, string]>([
    [
      "a base with seats in it",
      { kind: "graduated", tiers: [tier(5, 0, 4900), tier(null, 900)] },
      "5 seats included, then $9 per seat",
    ],
    ["a base without any", { kind: "graduated", tiers: [tier(null, 900, 4900)] }, "$49 and $9 per seat"],
    [
      "graduated tiers",
      { kind: "graduated", tiers: [tier(10, 900), tier(1000, 700), tier(null, 500, 2000)] },
      "$9 per seat up to 10\nthen $7 per seat up to 1,000\nthen $20 more and $5 per seat",
    ],
    [
      "volume tiers, of which one prices all seats",
      { kind: "volume", tiers: [tier(10, 900), tier(50, 0, 9900), tier(null, 200)] },
      "$9 per seat\n$99 for 11 or more\n$2 per seat for 51 or more",
    ],
  ])("%s", (_, rate, said) => {
    expect(say(rate)).toBe(said);
  });

  test.each<[string, PriceRate, number, string]>([
    [
      "each beyond what is included",
      { kind: "graduated", tiers: [tier(1000, 0), tier(null, 2)] },
      1000,
      "then $0.02 each",
    ],
    ["each from the first on", { kind: "graduated", tiers: [tier(null, 2)] }, 0, "$0.02 each"],
    ["in packages", { kind: "package", amount: 100, size: 1000 }, 0, "$1 per 1,000"],
  ])("use: %s", (_, rate, included, said) => {
    expect(say(rate, included)).toBe(said);
  });

  test("are the app's own, where it has some", () => {
    const own = createPricingWords({ ...planMessages, rate: ({ kind }) => `nach ${kind}` }, "de", "usd");
    expect(sayRate(own, { kind: "volume", tiers: [] }, "usd")).toBe("nach volume");
  });
});
