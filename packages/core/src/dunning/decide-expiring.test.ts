import { describe, expect, it } from "vitest";
import type { Subscription } from "../language/subscription.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { decideExpiring, withExpiring } from "./decide-expiring.js";

const method = {
  id: "pm_1",
  brand: "visa",
  last4: "4242",
  expiresAt: "2026-04-01T00:00:00.000Z",
  createdAt: null,
};
const updateUrl = "https://app.test/card";
const april = buildSubscription({
  currentPeriod: { start: "2026-03-05T00:00:00.000Z", end: "2026-04-05T00:00:00.000Z" },
});
const decide = (own: Partial<Subscription> = {}, card: Partial<typeof method> | { expiresAt: null } = {}) =>
  decideExpiring({
    subscription: { ...april, ...own },
    method: { ...method, ...card } as typeof method,
    updateUrl,
  });

describe("a card that runs out", () => {
  it("is told of with all that a mail needs", () => {
    expect(decide()).toEqual({
      ...{
        customerId: "org_1",
        planId: "pro",
        provider: "stripe",
        subscriptionId: "sub_1",
        paymentMethodId: "pm_1",
      },
      ...{ brand: "visa", last4: "4242", expiresAt: method.expiresAt, updateUrl },
      renewsAt: "2026-04-05T00:00:00.000Z",
    });
  });

  it.each<[string, Partial<Subscription>, object, boolean]>([
    ["before the renewal", {}, {}, true],
    ["within a month after it", {}, { expiresAt: "2026-05-01T00:00:00.000Z" }, true],
    ["while the last payment is overdue", { status: "past_due" }, {}, true],
    ["not one that is good for longer", {}, { expiresAt: "2026-06-01T00:00:00.000Z" }, false],
    ["not what never runs out", {}, { expiresAt: null }, false],
    ["not once it was told", { expiringTold: `pm_1:${method.expiresAt}` }, {}, false],
    ["again of another card", { expiringTold: `pm_0:${method.expiresAt}` }, {}, true],
    ["not where nothing renews", { cancelAt: "2026-04-05T00:00:00.000Z" }, {}, false],
    ["not after the end", { status: "ended" }, {}, false],
    ["not without a period", { currentPeriod: null }, {}, false],
  ])("%s", (_name, own, card, expected) => {
    expect(decide(own, card) !== null).toBe(expected);
  });

  it("is told of once", () => {
    expect(decideExpiring({ subscription: withExpiring(april, method), method, updateUrl })).toBeNull();
  });
});
