import { expect, it } from "vitest";
import type { Subscription } from "../language/subscription.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { findSuperseded } from "./find-superseded.js";

const pause = { kind: "full", resumesAt: null } as const;
const trialOver = { status: "paused", pause: { ...pause, reason: "trial_ended" } } as const;

it.each<[string, Partial<Subscription>, Partial<Subscription>, boolean]>([
  ["beside one that is paid", trialOver, {}, true],
  ["made by hand, beside one that is paid", { ...trialOver, origin: "provider" }, {}, true],
  ["beside one in a trial", trialOver, { status: "trialing" }, true],
  ["beside one that waits for its first payment", trialOver, { status: "incomplete" }, false],
  ["beside one that is not paid", trialOver, { status: "past_due" }, false],
  ["beside one that ended", trialOver, { status: "ended" }, false],
  ["that somebody paused", { ...trialOver, pause: { ...pause, reason: "asked" } }, {}, false],
  ["that is paused for an unknown reason", { ...trialOver, pause }, {}, false],
  ["that was resumed meanwhile", { status: "active" }, {}, false],
])("a trial that ended paused, %s, has given way: %s", (_, left, other, expected) => {
  const superseded = buildSubscription({ ...left, id: "sub_left" });
  const kept = buildSubscription({ ...other, id: "sub_bought" });
  expect(findSuperseded([superseded, kept])).toEqual(expected ? [{ superseded, kept }] : []);
});
