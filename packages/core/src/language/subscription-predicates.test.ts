import { expect, it } from "vitest";
import { buildSubscription } from "../testing/building/build-subscription.js";
import type { SubscriptionStatus } from "./subscription.js";
import { hasEnded, hasUsedTrial, isActive, isLive } from "./subscription-predicates.js";

it.each<[SubscriptionStatus, { live: boolean; active: boolean; ended: boolean }]>([
  ["incomplete", { live: false, active: false, ended: false }],
  ["trialing", { live: true, active: true, ended: false }],
  ["active", { live: true, active: true, ended: false }],
  ["past_due", { live: true, active: false, ended: false }],
  ["unpaid", { live: true, active: false, ended: false }],
  ["paused", { live: true, active: false, ended: false }],
  ["ended", { live: false, active: false, ended: true }],
])("says what %s means", (status, { live, active, ended }) => {
  expect([isLive({ status }), isActive({ status }), hasEnded({ status })]).toEqual([live, active, ended]);
});

it("counts a trial as used even when its subscription has ended", () => {
  const trial = buildSubscription({ status: "ended", trialEndsAt: "2026-03-15T00:00:00.000Z" });
  expect(hasUsedTrial([buildSubscription(), trial])).toBe(true);
  expect(hasUsedTrial([buildSubscription()])).toBe(false);
});
