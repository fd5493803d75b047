import { expect, it } from "vitest";
import type { SubscriptionStatus } from "../subscription.js";
import { buildSubscription } from "../testing/builders.js";
import { jobsOf } from "./jobs-of.js";

it.each<[SubscriptionStatus | null, SubscriptionStatus, boolean]>([
  [null, "active", true],
  [null, "trialing", true],
  [null, "past_due", true],
  [null, "incomplete", false],
  [null, "ended", false],
  ["incomplete", "active", true],
  ["incomplete", "ended", false],
  ["active", "active", false],
  ["active", "past_due", false],
  ["paused", "active", false],
  ["active", "ended", false],
])("when %s becomes %s, looks for a second one of the group: %s", (from, to, looks) => {
  const before = from === null ? null : buildSubscription({ status: from });
  const after = buildSubscription({ status: to, group: "support" });
  const job = { type: "settle_duplicate", customerId: "org_1", provider: "stripe", group: "support" };
  expect(jobsOf(before, after)).toEqual(looks ? [job] : []);
});
