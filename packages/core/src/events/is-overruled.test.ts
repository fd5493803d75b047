import { expect, it } from "vitest";
import type { EventClock } from "../language/billing-event.js";
import type { Subscription } from "../language/subscription.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { isOverruled } from "./is-overruled.js";

const [before, then, after] = [
  "2026-03-01T00:00:00.000Z",
  "2026-03-01T00:00:01.000Z",
  "2026-03-01T00:00:02.000Z",
];

it.each<[string, Partial<Subscription> | null, string | null, boolean, EventClock?]>([
  ["nothing is stored", null, then, false],
  ["nothing was ignored", { asOf: then }, null, false],
  ["what was ignored is older", { asOf: then }, before, false],
  ["what was ignored is from the same second", { asOf: then }, then, true],
  ["what was ignored is newer", { asOf: then }, after, true],
  ["it has ended", { asOf: then, status: "ended" }, after, false],
  ["what was ignored is older, by a clock that says nothing", { asOf: then }, before, true, "none"],
  ["it has ended, by a clock that says nothing", { asOf: then, status: "ended" }, after, false, "none"],
])("when %s", (_, stored, ignoredAt, overruled, clock = "second") => {
  const current = stored && { subscription: buildSubscription(stored), revision: "1" };
  expect(isOverruled({ current, ignoredAt }, clock)).toBe(overruled);
});
