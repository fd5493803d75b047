import { describe, expect, test } from "vitest";
import type { Subscription } from "../language/subscription.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { decideMove } from "./decide-move.js";

const of = (overrides: Partial<Subscription> = {}) =>
  buildSubscription({ id: "sub_1", customerId: "ada", status: "active", ...overrides });
const decide = (ofFrom: readonly Subscription[], ofTo: readonly Subscription[] = []) =>
  decideMove({ subscriptionId: "sub_1", from: "ada", to: "org", ofFrom, ofTo });
const codeOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return (error as { code?: string }).code;
  }
  return null;
};
const addOn = { group: "addons", planId: "addon", items: [] } as const;

describe("what moves", () => {
  test("the subscription, and what ended at the same customer", () => {
    const old = of({ id: "sub_0", status: "ended" });
    const elsewhere = of({ id: "sub_2", providerCustomerId: "cus_9", status: "active" });
    expect(decide([old, of(), elsewhere])).toEqual([old, of()]);
  });

  test("nothing twice", () => {
    expect(decide([], [of({ customerId: "org" })])).toBeNull();
    expect(
      decideMove({ subscriptionId: "sub_1", from: "ada", to: "ada", ofFrom: [of()], ofTo: [of()] }),
    ).toBeNull();
  });

  test.each<[string, readonly Subscription[], readonly Subscription[], string | null]>([
    ["is not theirs", [], [], "nothing_to_manage"],
    ["has ended", [of({ status: "ended" })], [], "subscription_ended"],
    ["was never paid", [of({ status: "incomplete" })], [], "subscription_incomplete"],
    ["would be the second of its group", [of()], [of({ id: "sub_7" })], "already_subscribed"],
    ["follows one that has ended", [of()], [of({ id: "sub_7", status: "ended" })], null],
    ["is billed with another", [of(), of({ id: "sub_8", ...addOn })], [], "too_many_subscriptions"],
    ["meets another of theirs there", [of()], [of({ id: "sub_8", ...addOn })], "too_many_subscriptions"],
    ["meets another of theirs elsewhere", [of()], [of({ id: "s", provider: "paddle", ...addOn })], null],
    ["is paused", [of({ status: "paused" })], [], null],
    ["is past due", [of({ status: "past_due" })], [], null],
  ])("one that %s", (_, ofFrom, ofTo, code) => {
    expect(codeOf(() => decide(ofFrom, ofTo))).toBe(code);
  });
});
