import { type AccessState, type Catalog, choosePrice, describePlans, heldIn } from "@tollgate/core";
import { describe, expect, test } from "vitest";
import { accessFor } from "../testing/access-for.js";
import { decideNote } from "./decide-note.js";
import { decideOffer } from "./decide-offer.js";
import { demoPlans, mixedPlans } from "./demo-plans.js";

const december = "2026-12-20T00:00:00.000Z";

function decide(
  planId: string,
  access: AccessState | null,
  asked: {
    readonly quantity?: number;
    readonly currency?: string;
    readonly catalog?: Catalog;
    readonly switches?: boolean;
  } = {},
) {
  const { quantity = 3, currency, catalog = demoPlans, switches = false } = asked;
  const plan = describePlans(catalog, currency).plans.find(({ id }) => id === planId);
  if (!plan) throw new Error("no such plan");
  const held = access && heldIn(access.subscriptions, plan.group);
  const offer = decideOffer({ plan, price: choosePrice(plan, "month"), quantity, held, access, switches });
  return { offer, note: decideNote({ plan, offer, held, canManage: access?.canManage !== false }) };
}

const visitor = accessFor(demoPlans, { customerId: null });
const onPro = accessFor(demoPlans, { planId: "pro" });
const onTeam = accessFor(demoPlans, { planId: "team" });
const leaving = accessFor(demoPlans, { planId: "pro", subscription: { cancelAt: december } });
const pendingChange = { planId: "starter", interval: "month", quantity: 1, at: december } as const;
const moving = accessFor(mixedPlans, { planId: "pro", subscription: { pendingChange } });
const yearly = accessFor(demoPlans, { planId: "pro", subscription: { interval: "year" } });
const teamMember = accessFor(demoPlans, { planId: "team", canManage: false });
// As an older server sends it.
const { offers: _, ...older } = onPro;

describe("a plan's button", () => {
  test.each([
    ["sells to a visitor", "pro", visitor, { kind: "checkout", trialDays: 14 }],
    ["lets a visitor sign up for the free plan", "free", visitor, { kind: "sign_up" }],
    ["promises nothing while access can't be read", "pro", null, { kind: "checkout", trialDays: 0 }],
    ["does what core offers", "free", onPro, { kind: "cancel" }],
    [
      "changes the interval of their own plan",
      "pro",
      yearly,
      { kind: "change", to: "interval", at: "period_end" },
    ],
    [
      "sells to anyone about whom an older server reports no offers",
      "pro",
      older,
      { kind: "checkout", trialDays: 14 },
    ],
  ] as const)("%s", (_, planId, access, expected) => {
    expect(decide(planId, access as AccessState | null).offer).toEqual(expected);
  });

  test("changes the seats of the person's own plan, unless somebody else has to do it", () => {
    expect(decide("team", onTeam, { quantity: 8 }).offer).toEqual({
      kind: "change",
      to: "quantity",
      at: "now",
    });
    expect(decide("team", onTeam, { quantity: 3 }).offer).toMatchObject({ kind: "current" });
    expect(decide("team", teamMember, { quantity: 8 }).offer).toEqual({ kind: "managers_only" });
  });

  test("is a switch on the app's own page where the portal can't do it, if the app has one", () => {
    const upwards = { kind: "switch", to: "higher", at: "now" };
    expect(decide("team", onPro, { switches: true }).offer).toEqual(upwards);
    expect(decide("team", onPro).offer).toEqual({ kind: "not_switchable" });
    const withAddOn = {
      ...onTeam,
      offers: { team: { kind: "current", changes: false, switches: true } },
    } as const;
    expect(decide("team", withAddOn, { quantity: 8, switches: true }).offer).toEqual({
      kind: "switch",
      to: "quantity",
      at: "now",
    });
    expect(decide("team", withAddOn, { quantity: 8 }).offer).toEqual({ kind: "not_switchable" });
    const member = { ...withAddOn, canManage: false };
    expect(decide("team", member, { quantity: 8, switches: true }).offer).toEqual({ kind: "managers_only" });
  });

  test("sells nothing in a currency without a price, and still shows what they have", () => {
    const inYen = { catalog: mixedPlans, currency: "jpy" };
    for (const access of [visitor, accessFor(mixedPlans), accessFor(mixedPlans, { canManage: false })]) {
      expect(decide("starter", access, inYen).offer).toEqual({ kind: "not_sold" });
    }
    const onStarter = accessFor(mixedPlans, { planId: "starter" });
    expect(decide("starter", onStarter, inYen).offer).toMatchObject({ kind: "current" });
  });
});

describe("the note under it", () => {
  test.each([
    ["pro", visitor, demoPlans, { kind: "trial_offered", days: 14 }],
    ["pro", leaving, demoPlans, { kind: "ends", at: december }],
    ["pro", moving, mixedPlans, { kind: "changes", planId: "starter", at: december }],
    ["free", leaving, demoPlans, null],
    ["pro", onPro, demoPlans, null],
    ["team", onPro, demoPlans, { kind: "not_switchable", planId: "pro" }],
  ] as const)("of %s", (planId, access, catalog, expected) => {
    expect(decide(planId, access, { catalog }).note).toEqual(expected);
  });

  test("puts a failed payment before everything else", () => {
    const access = accessFor(demoPlans, {
      planId: "pro",
      subscription: { status: "past_due", cancelAt: december },
    });
    expect(decide("pro", access).note).toEqual({ kind: "payment_failed", isTheirs: true });
    expect(decide("pro", { ...access, canManage: false }).note).toMatchObject({ isTheirs: false });
  });
});
