import { createAccess, decideOutage, describePlans } from "@tollgate/core";
import { describe, expect, it } from "vitest";
import { storyPlans } from "../stories/story-plans.js";
import { type AccessForOptions, accessFor } from "../testing/access-for.js";
import { subscriptionFor } from "../testing/subscription-for.js";
import { decideWayOut } from "./decide-way-out.js";

type Customer = AccessForOptions<typeof storyPlans>;

/** To a plan that the catalog does not know. */
const unknown = { ...subscriptionFor(storyPlans, "pro"), planId: "gone", items: [] };
/** To a plan of another group. */
const support = { ...subscriptionFor(storyPlans, "pro"), planId: "care", group: "support", items: [] };

function wayOut(feature: string, customer: Customer, changeUrl?: string) {
  const state = accessFor(storyPlans, customer);
  const check = createAccess(state).check(feature);
  if (check.allowed) throw new Error("allowed");
  return decideWayOut({
    state,
    check,
    plans: describePlans(storyPlans).plans,
    interval: "month",
    currency: "usd",
    changeUrl,
  });
}

describe("the way out of a closed gate", () => {
  it("is nothing to buy while the server can't read what they have", () => {
    const state = decideOutage({
      catalog: storyPlans,
      policies: { default: "closed", features: {} },
      customer: { id: "org_1", canManage: true },
      lastKnown: null,
      now: new Date("2026-11-21T12:00:00.000Z"),
    });
    const check = createAccess(state).check("export");
    if (check.allowed) throw new Error("allowed");
    const input = {
      state,
      check,
      plans: describePlans(storyPlans).plans,
      interval: "month",
      currency: "usd",
    } as const;
    expect(decideWayOut(input)).toEqual({ kind: "none" });
  });

  it("leads to the app's own page where only a change of ours reaches the plan", () => {
    expect(wayOut("history", { planId: "pro" }, "/account/change")).toEqual({
      kind: "link",
      label: "switchPlan",
      url: "/account/change?plan=team",
    });
  });

  it.each<[string, string, Customer, object]>([
    ["a visitor signs in", "export", { customerId: null }, { kind: "link", label: "signIn" }],
    ["a free customer buys", "export", {}, { kind: "checkout", label: "upgrade", planId: "pro" }],
    ["a first trial is offered", "history", {}, { kind: "checkout", label: "startTrial", planId: "team" }],
    [
      "a second trial is not",
      "history",
      { planId: "pro", subscription: { status: "ended", trialEndsAt: "2026-01-01T00:00:00.000Z" } },
      { kind: "checkout", label: "upgrade", planId: "team" },
    ],
    [
      "a subscriber switches instead of buying twice",
      "export",
      { subscriptions: [unknown] },
      { kind: "portal", flow: "switch_plan" },
    ],
    [
      "one whose plan can't become the one that has it sees what else there is",
      "history",
      { planId: "pro" },
      { kind: "portal", label: "manageBilling" },
    ],
    [
      "a plan of another group doesn't keep anybody from buying",
      "history",
      { subscriptions: [support] },
      { kind: "checkout", label: "startTrial", planId: "team" },
    ],
    [
      "what is sold by hand is asked for",
      "sso",
      {},
      { kind: "link", label: "contact", url: "mailto:sales@example.com" },
    ],
    ["a member asks a manager", "export", { canManage: false }, { kind: "ask_manager" }],
    [
      "a failed payment is fixed",
      "export",
      { planId: "pro", subscription: { status: "unpaid" } },
      { kind: "portal", flow: "update_payment_method" },
    ],
    [
      "a plan whose trial ended without a payment method is paid for",
      "export",
      {
        planId: "pro",
        subscription: {
          status: "paused",
          pause: { kind: "full", resumesAt: null, reason: "trial_ended" },
          trialEndsAt: "2026-01-01T00:00:00.000Z",
        },
      },
      { kind: "checkout", label: "finishPayment", planId: "pro" },
    ],
    [
      "a member does not fix it",
      "export",
      { planId: "pro", canManage: false, subscription: { status: "unpaid" } },
      { kind: "ask_manager" },
    ],
    [
      "an unfinished payment is finished, for the same price",
      "export",
      { planId: "pro", subscription: { status: "incomplete", interval: "year", currency: "eur" } },
      {
        kind: "checkout",
        label: "finishPayment",
        planId: "pro",
        interval: "year",
        currency: "eur",
        quantity: 1,
      },
    ],
    [
      "a paused subscription is resumed in the portal",
      "export",
      { planId: "pro", subscription: { status: "paused" } },
      { kind: "portal", label: "manageBilling" },
    ],
    [
      "a paused subscription is resumed, even if another one waits for its first payment",
      "export",
      {
        planId: "pro",
        subscription: { status: "paused" },
        subscriptions: [{ ...support, status: "incomplete" }],
      },
      { kind: "portal", label: "manageBilling" },
    ],
  ])("%s", (_, feature, customer, expected) => {
    expect(wayOut(feature, customer)).toMatchObject(expected);
  });
});
