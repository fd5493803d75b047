import { type AccessState, describePlans } from "@tollgate/core";
import { describe, expect, test } from "vitest";
import { accessFor } from "../testing/access-for.js";
import { subscriptionFor } from "../testing/subscription-for.js";
import { decideNote } from "./decide-note.js";
import { choosePrice, decideOffer } from "./decide-offer.js";
import { demoPlans } from "./demo-plans.js";

const { plans } = describePlans(demoPlans);
const december = "2026-12-20T00:00:00.000Z";

function decide(planId: keyof typeof demoPlans.plans, access: AccessState | null, quantity = 3) {
  const plan = plans.find(({ id }) => id === planId);
  if (!plan) throw new Error("no such plan");
  const offer = decideOffer({ plan, plans, price: choosePrice(plan, "month"), quantity, access });
  return { offer, note: decideNote({ plan, plans, offer, access }) };
}

const visitor = accessFor(demoPlans, { customerId: null });
const onFree = accessFor(demoPlans);
const onPro = accessFor(demoPlans, { planId: "pro" });
const onTeam = accessFor(demoPlans, { planId: "team" });
const leaving = accessFor(demoPlans, { planId: "pro", subscription: { cancelAt: december } });
const moving = accessFor(demoPlans, {
  planId: "team",
  subscription: { pendingChange: { planId: "pro", interval: "month", quantity: 1, at: december } },
});
const ended = accessFor(demoPlans, { planId: "pro", subscription: { status: "ended", endedAt: december } });
const yearly = accessFor(demoPlans, { planId: "pro", subscription: { interval: "year" } });
const trialOver = accessFor(demoPlans, {
  planId: "pro",
  subscription: {
    status: "paused",
    pause: { kind: "full", resumesAt: null, reason: "trial_ended" },
    trialEndsAt: december,
  },
});
const member = accessFor(demoPlans, { canManage: false });
const supported = accessFor(demoPlans, {
  subscriptions: [{ ...subscriptionFor(demoPlans, "pro"), planId: "care", group: "support", items: [] }],
});

describe("decideOffer", () => {
  test.each([
    ["a visitor may try", "pro", visitor, { kind: "checkout", trialDays: 14 }],
    ["a visitor signs up for the free plan", "free", visitor, { kind: "sign_up" }],
    ["the free plan is current for who has no other", "free", onFree, { kind: "current" }],
    ["a trial is offered once", "pro", { ...onFree, trialUsed: true }, { kind: "checkout", trialDays: 0 }],
    ["nothing is promised while access can't be read", "pro", null, { kind: "checkout", trialDays: 0 }],
    ["the plan that runs is current", "pro", onPro, { kind: "current" }],
    ["a richer plan is a change upwards", "team", onPro, { kind: "change", to: "higher" }],
    ["a cheaper plan is a change downwards", "pro", onTeam, { kind: "change", to: "lower" }],
    ["the free plan cancels what runs", "free", onPro, { kind: "cancel" }],
    ["the free plan waits for a scheduled end", "free", leaving, { kind: "pending", at: december }],
    ["a pending change is shown where it leads", "pro", moving, { kind: "pending", at: december }],
    ["an ended subscription can be bought anew", "pro", ended, { kind: "checkout", trialDays: 14 }],
    ["a plan whose trial ended paused can be bought", "pro", trialOver, { kind: "checkout", trialDays: 0 }],
    ["and so can another one", "team", trialOver, { kind: "checkout", trialDays: 0 }],
    ["a plan of another group is no plan of this one", "pro", supported, { kind: "checkout", trialDays: 14 }],
    ["the same plan by another interval is a change", "pro", yearly, { kind: "change", to: "interval" }],
    [
      "a plan sold by hand is always a contact",
      "enterprise",
      onPro,
      { kind: "contact", url: "mailto:sales@example.com" },
    ],
    ["who may not spend can't start anything", "pro", member, { kind: "managers_only" }],
    ["who may not spend still sees the own plan", "free", member, { kind: "current" }],
  ] as const)("%s", (_, planId, access, expected) => {
    expect(decide(planId, access).offer).toEqual(expected);
  });

  test("more seats of the same plan are a change", () => {
    expect(decide("team", onTeam, 8).offer).toEqual({ kind: "change", to: "quantity" });
    expect(decide("team", onTeam, 3).offer).toEqual({ kind: "current" });
  });
});

describe("decideNote", () => {
  test.each([
    ["pro", visitor, { kind: "trial_offered", days: 14 }],
    ["pro", leaving, { kind: "ends", at: december }],
    ["team", moving, { kind: "changes", planId: "pro", at: december }],
    ["free", leaving, null],
    ["pro", onPro, null],
  ] as const)("of %s", (planId, access, expected) => {
    expect(decide(planId, access).note).toEqual(expected);
  });

  test("puts a failed payment before everything else", () => {
    const access = accessFor(demoPlans, {
      planId: "pro",
      subscription: { status: "past_due", cancelAt: december },
    });
    expect(decide("pro", access).note).toEqual({ kind: "payment_failed" });
  });
});
