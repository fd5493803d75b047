import { describe, expect, it } from "vitest";
import type { Retention } from "../language/retention.js";
import type { Subscription } from "../language/subscription.js";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { decideRetention } from "./decide-retention.js";

const now = new Date("2026-03-10T12:00:00.000Z");
const offer = { kind: "pause", days: 30 } as const;
const open: Retention = { offer, offeredAt: "2026-03-10T11:55:00.000Z", answer: null };
const stale: Retention = { ...open, offeredAt: "2026-03-10T11:49:00.000Z" };
const declined: Retention = { ...open, answer: "declined" };
const accepted: Retention = { ...open, answer: "accepted" };
const cancelAt = "2026-04-01T00:00:00.000Z";
const pause = { kind: "collection", resumesAt: null } as const;

type Wish = Partial<Parameters<typeof decideRetention>[0]>;
function decide(own: Partial<Subscription>, wish: Wish = {}) {
  const subscription = buildSubscription(own);
  return decideRetention({ subscription, all: [subscription], kind: "pause", answer: null, now, ...wish });
}

describe("decideRetention", () => {
  it.each<[string, Partial<Subscription>, Wish, string]>([
    ["who cancels for the first time", {}, {}, "offer"],
    ["who cancels where nothing is offered", {}, { kind: null }, "cancel"],
    [
      "who was offered it with an earlier plan",
      {},
      { all: [buildSubscription({ id: "sub_0", retention: declined })] },
      "cancel",
    ],
    ["whose other click is a moment ahead", {}, { all: [buildSubscription({ retention: open })] }, "offer"],
    ["who is cancelled already", { cancelAt }, {}, "cancel"],
    ["who is paused", { pause }, {}, "cancel"],
    ["who is past due", { status: "past_due" }, {}, "cancel"],
    ["who is in a trial, by a pause", { status: "trialing" }, {}, "cancel"],
    ["who is in a trial, by a coupon", { status: "trialing" }, { kind: "coupon" }, "offer"],
    ["who clicks twice", { retention: open }, {}, "repeat"],
    ["who comes back later without an answer", { retention: stale }, {}, "cancel"],
    ["who declined", { retention: declined }, {}, "cancel"],
    ["who accepted, and cancels after all", { retention: accepted }, {}, "cancel"],
    ["who accepts", { retention: open }, { answer: "accept" }, "accept"],
    ["who accepts late", { retention: stale }, { answer: "accept" }, "accept"],
    ["who accepts twice", { retention: accepted }, { answer: "accept" }, "accepted"],
    ["who declines", { retention: open }, { answer: "decline" }, "decline"],
    ["who declines what was never offered", {}, { answer: "decline" }, "cancel"],
  ])("of somebody %s makes the right thing", (_, own, wish, expected) => {
    expect(decide(own, wish)).toBe(expected);
  });

  it.each<[string, Partial<Subscription>]>([
    ["never offered", {}],
    ["declined", { retention: declined }],
    ["offered before it was cancelled", { retention: open, cancelAt }],
  ])("refuses to give what was %s", (_, own) => {
    const accept = () => decide(own, { answer: "accept" });
    expect(accept).toThrow(expect.objectContaining({ code: "offer_not_open" }));
  });
});
