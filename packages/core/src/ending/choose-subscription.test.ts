import { describe, expect, it } from "vitest";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { chooseSubscription } from "./choose-subscription.js";

const one = (id: string, own: Parameters<typeof buildSubscription>[0] = {}) =>
  buildSubscription({ id, ...own });
const main = one("main");
const care = one("care", { planId: "care", group: "support" });
const ended = one("ended", { status: "ended", startedAt: "2025-01-01T00:00:00.000Z" });
const endedLater = one("ended later", { status: "ended", startedAt: "2025-06-01T00:00:00.000Z" });
const unfinished = one("unfinished", { status: "incomplete" });
const pause = { kind: "full", resumesAt: null, reason: "trial_ended" } as const;
const trialOver = one("trial over", { status: "paused", pause });

describe("chooseSubscription", () => {
  it.each([
    ["the main plan's before others", [care, main], undefined, "main"],
    ["the only one that runs, whatever its group", [ended, care], undefined, "care"],
    ["the one of the group that is named", [main, care], "support", "care"],
    ["what runs before what a trial left", [trialOver, main], undefined, "main"],
    ["what a trial left before what has ended", [endedLater, trialOver], undefined, "trial over"],
    ["the latest of those that have ended", [ended, endedLater], undefined, "ended later"],
  ])("means %s", (_, all, group, id) => {
    expect(chooseSubscription(all, group).id).toBe(id);
  });

  it.each([
    ["nothing was ever bought", [], undefined],
    ["the first payment is not finished", [unfinished], undefined],
    ["nothing is of that group", [main], "support"],
  ])("refuses where %s", (_, all, group) => {
    expect(() => chooseSubscription(all, group)).toThrow(
      expect.objectContaining({ code: "nothing_to_manage" }),
    );
  });
});
