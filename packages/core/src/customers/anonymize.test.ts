import { expect, test } from "vitest";
import { jobsOf } from "../events/jobs-of.js";
import { toDeletedCustomer } from "../language/deletion.js";
import { isCustomerId } from "../language/is-customer-id.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { buildCallback } from "../testing/building/builders.js";
import { anonymizeSubscription, toldCallbacks } from "./anonymize.js";

const reference = toDeletedCustomer("7f0c");

test("nobody is called what somebody who was deleted is called", () => {
  expect(isCustomerId(reference)).toBe(false);
  expect(isCustomerId("deleted:7f0c")).toBe(true);
});

test("of a subscription stays what the law asks for, and nothing that somebody wrote", () => {
  const cancellation = { reason: "other", feedback: "I am Ada" } as const;
  const kept = anonymizeSubscription(buildSubscription({ cancellation, expiringTold: "pm_1" }), reference);
  expect(kept).toMatchObject({ customerId: reference, planId: "pro", cancellation: { feedback: null } });
  expect(JSON.stringify(kept)).not.toMatch(/Ada|pm_1|org_1/);
});

test("a late event of theirs is not told, and that of anybody else is", () => {
  const late = buildCallback("late", buildSubscription({ customerId: reference }));
  const other = buildCallback("other");
  const data = { customerId: reference, by: "app", ended: [], reference } as const;
  const deleted = { id: "deleted", type: "customer.deleted", data } as const;
  expect(toldCallbacks([late, other, deleted])).toEqual([other, deleted]);
});

test.each([
  ["comes to life", null, "active", true],
  ["is paid at last", "incomplete", "trialing", true],
  ["runs on, and is being ended", "active", "past_due", false],
  ["ends", "active", "ended", false],
] as const)("what %s under their reference", (_, before, after, isEnded) => {
  const one = (status: "incomplete" | "active" | "trialing" | "past_due" | "ended") =>
    buildSubscription({ customerId: reference, status });
  const jobs = jobsOf(before && one(before), one(after));
  const { id: subscriptionId, provider } = one(after);
  expect(jobs).toEqual(isEnded ? [{ type: "end_deleted", provider, subscriptionId }] : []);
});
