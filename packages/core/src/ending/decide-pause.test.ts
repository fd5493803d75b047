import { describe, expect, it } from "vitest";
import { plainSubscription, type Subscription } from "../language/subscription.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { decidePause } from "./decide-pause.js";
import type { EndingAbilities } from "./ending-abilities.js";

const now = new Date("2026-03-10T00:00:00.000Z");
const until = "2026-05-01T00:00:00.000Z";
const cancelAt = "2026-04-01T00:00:00.000Z";
const full = { kind: "full", resumesAt: null } as const;
const collection = { kind: "collection", resumesAt: until } as const;
/** Stripe's. */
const everything: EndingAbilities = {
  ends: [],
  settlements: [],
  keeps: true,
  pauses: [
    { kind: "full", until: false },
    { kind: "collection", until: true },
  ],
};
type Wish = Partial<Parameters<typeof decidePause>[0]>;
const decide = (own: Partial<Subscription>, wish: Wish = {}) => {
  const subscription = buildSubscription({ ...plainSubscription, ...own });
  return decidePause({ subscription, until: null, abilities: everything, now, ...wish });
};

describe("decidePause", () => {
  it.each<[string, Wish, object]>([
    ["as the provider does it first", {}, { how: "full", until: null }],
    ["as it does it first until a date", { until }, { how: "collection", until }],
    ["as it is asked for", { how: "collection" }, { how: "collection", until: null }],
  ])("pauses %s", (_, wish, expected) => {
    expect(decide({}, wish)).toEqual({ kind: "pause", ...expected });
  });

  it.each<[string, Partial<Subscription>, Wish, string]>([
    ["twice the same way", { status: "paused", pause: full }, { how: "full" }, "unchanged"],
    ["until the same date again", { pause: collection }, { how: "collection", until }, "unchanged"],
    ["for longer", { pause: collection }, { how: "collection", until: "2026-06-01T00:00:00Z" }, "pause"],
    ["for ever", { pause: collection }, { how: "collection" }, "pause"],
  ])("changes what is paused already only where it differs: %s", (_, own, wish, kind) => {
    expect(decide(own, wish).kind).toBe(kind);
  });

  it.each<[string, Partial<Subscription>, Wish, string]>([
    ["is past due: never paused while retries go on", { status: "past_due" }, {}, "payment_overdue"],
    ["is unpaid", { status: "unpaid" }, {}, "payment_overdue"],
    ["is in a trial", { status: "trialing", trialEndsAt: until }, {}, "trial_running"],
    ["is cancelled", { cancelAt }, {}, "cancel_scheduled"],
    ["has ended", { status: "ended" }, {}, "subscription_ended"],
    [
      "is paused in full, by collection",
      { status: "paused", pause: full },
      { how: "collection" },
      "already_paused",
    ],
    ["is not collected, in full", { pause: collection }, { how: "full" }, "already_paused"],
    ["runs, until yesterday", {}, { until: "2026-03-09T00:00:00Z" }, "invalid_time"],
    ["runs, in full until a date", {}, { how: "full", until }, "not_supported"],
    ["runs at a provider that can't", {}, { abilities: null }, "not_supported"],
  ])("refuses one that %s", (_, own, wish, code) => {
    expect(() => decide(own, wish)).toThrow(expect.objectContaining({ code }));
  });
});
