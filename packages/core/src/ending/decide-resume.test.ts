import { describe, expect, it } from "vitest";
import type { Subscription } from "../language/subscription.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { decideResume } from "./decide-resume.js";
import type { EndingAbilities } from "./ending-abilities.js";

const cancelAt = "2026-04-01T00:00:00.000Z";
const full = { kind: "full", resumesAt: null } as const;
const collection = { kind: "collection", resumesAt: null } as const;
const everything: EndingAbilities = {
  ends: [],
  settlements: [],
  keeps: true,
  pauses: [
    { kind: "full", until: false },
    { kind: "collection", until: true },
  ],
};
const decide = (own: Partial<Subscription>, abilities: EndingAbilities | null = everything) =>
  decideResume({ subscription: buildSubscription(own), abilities });

describe("decideResume", () => {
  it.each<[string, Partial<Subscription>, readonly string[]]>([
    ["runs", {}, []],
    ["is in a trial", { status: "trialing", trialEndsAt: cancelAt }, []],
    ["is past due: paying is another matter", { status: "past_due" }, []],
    ["is cancelled", { cancelAt }, ["keep"]],
    ["is cancelled in its trial", { status: "trialing", trialEndsAt: cancelAt, cancelAt }, ["keep"]],
    ["is cancelled and past due", { status: "past_due", cancelAt }, ["keep"]],
    ["is paused in full", { status: "paused", pause: full }, ["resume"]],
    [
      "was left paused by its trial",
      { status: "paused", pause: { ...full, reason: "trial_ended" } },
      ["resume"],
    ],
    ["is not collected", { pause: collection }, ["resume"]],
    ["is cancelled and not collected", { cancelAt, pause: collection }, ["keep", "resume"]],
  ])("says what lets one run on that %s", (_, own, steps) => {
    expect(decide(own)).toEqual(steps);
  });

  it("refuses what has ended: it is bought again", () => {
    const ended = () => decide({ status: "ended", endedAt: cancelAt });
    expect(ended).toThrow(
      expect.objectContaining({ code: "subscription_ended", details: { endedAt: cancelAt } }),
    );
  });

  it.each<[string, Partial<Subscription>, EndingAbilities | null]>([
    ["withdraw an end", { cancelAt }, { ...everything, keeps: false }],
    [
      "end that kind of pause",
      { pause: collection },
      { ...everything, pauses: [{ kind: "full", until: false }] },
    ],
    ["do anything about it", { cancelAt }, null],
  ])("refuses where the provider can't %s", (_, own, abilities) => {
    expect(() => decide(own, abilities)).toThrow(expect.objectContaining({ code: "not_supported" }));
  });
});
