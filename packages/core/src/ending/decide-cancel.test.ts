import { describe, expect, it } from "vitest";
import { plainSubscription, type Subscription } from "../language/subscription.js";
import { buildCareItem, buildSubscription } from "../testing/building/build-subscription.js";
import { decideCancel } from "./decide-cancel.js";
import type { EndingAbilities } from "./ending-abilities.js";

const now = new Date("2026-03-10T00:00:00.000Z");
const periodEnd = "2026-04-01T00:00:00.000Z";
const date = "2026-03-20T00:00:00.000Z";
const everything: EndingAbilities = {
  ends: ["now", "period_end", "date"],
  settlements: ["nothing", "credit", "refund"],
  keeps: true,
  pauses: [],
};

function decide(own: Partial<Subscription>, wish: Partial<Parameters<typeof decideCancel>[0]> = {}) {
  return decideCancel({
    subscription: buildSubscription({ ...plainSubscription, ...own }),
    at: "period_end",
    settlement: "nothing",
    said: null,
    abilities: everything,
    now,
    ...wish,
  });
}

const cut = { start: "2026-03-01T00:00:00.000Z", end: date };
const overdue = { paidPeriod: { start: "2026-02-01T00:00:00.000Z", end: "2026-03-01T00:00:00.000Z" } };
const paidAhead = { paidPeriod: { start: "2026-03-01T00:00:00.000Z", end: periodEnd } };
const paused = { kind: "full", resumesAt: null } as const;
const collection = { kind: "collection", resumesAt: null } as const;

describe("decideCancel", () => {
  // Columns: what comes of a wish for the period's end, for now, and for a date.
  it.each<[string, Partial<Subscription>, string, string, string]>([
    ["in a trial", { status: "trialing", trialEndsAt: periodEnd }, "period_end", "now", "date"],
    ["that is active", {}, "period_end", "now", "date"],
    ["whose collection is paused", { pause: collection }, "period_end", "now", "date"],
    ["whose period is not paid for", { status: "past_due", arrears: overdue }, "now", "now", "now"],
    ["that was never paid for", { status: "past_due", arrears: { paidPeriod: null } }, "now", "now", "now"],
    ["whose upgrade failed", { status: "past_due", arrears: paidAhead }, "period_end", "now", "date"],
    ["that is unpaid", { status: "unpaid" }, "now", "now", "now"],
    ["that is paused in full", { status: "paused", pause: paused }, "now", "now", "now"],
    ["that has ended", { status: "ended" }, "unchanged", "unchanged", "unchanged"],
  ])("ends one %s with the period, now or at a date", (_, own, ...expected) => {
    const outcomes = (["period_end", "now", date] as const).map((at) => {
      const decided = decide(own, { at });
      return decided.kind === "end" ? decided.at.kind : decided.kind;
    });
    expect(outcomes).toEqual(expected);
  });

  it.each<[string, Partial<Subscription>, string, boolean]>([
    ["for the same period's end", { cancelAt: periodEnd }, "period_end", true],
    ["for the same date", { cancelAt: date }, date, true],
    ["for another date", { cancelAt: periodEnd }, date, false],
    ["with a period that a date has cut short", { cancelAt: date, currentPeriod: cut }, "period_end", false],
    ["now after all", { cancelAt: periodEnd }, "now", false],
  ])("leaves what is cancelled already, or moves its end: %s", (_, own, at, unchanged) => {
    expect(decide(own, { at }).kind).toBe(unchanged ? "unchanged" : "end");
  });

  it("ends with the last of several periods", () => {
    const later = "2026-05-01T00:00:00.000Z";
    const care = buildCareItem({ currentPeriod: { start: "2026-03-01T00:00:00.000Z", end: later } });
    const items = [...buildSubscription().items, care];
    expect(decide({ items, cancelAt: periodEnd }).kind).toBe("end");
    expect(decide({ items, cancelAt: later }).kind).toBe("unchanged");
  });

  it("keeps what is said afterwards, and asks nobody for what was said before", () => {
    const said = { reason: "unused", feedback: null } as const;
    const own = { cancelAt: periodEnd, cancellation: said };
    expect(decide(own, { said }).kind).toBe("unchanged");
    expect(decide(own, { said: { reason: null, feedback: null } }).kind).toBe("unchanged");
    expect(decide(own, { said: { reason: "other", feedback: "Moving" } }).kind).toBe("end");
  });

  it.each<[string, Partial<Subscription>, string, string]>([
    ["one that ends now", {}, "now", "refund"],
    ["one that runs to its end: nothing is unused", {}, "period_end", "nothing"],
    ["one that ends at a date", {}, date, "nothing"],
    ["one that was not paid for", { status: "past_due", arrears: overdue }, "now", "nothing"],
    [
      "one that is paused: it was settled when it paused",
      { status: "paused", pause: paused },
      "now",
      "nothing",
    ],
  ])("settles %s", (_, own, at, settlement) => {
    expect(decide(own, { at, settlement: "refund" })).toMatchObject({ settlement });
  });

  it("asks again about a refund for what has ended: a crash may have come in between", () => {
    const ended = { status: "ended" } as const;
    expect(decide(ended, { at: "now", settlement: "refund" })).toMatchObject({ kind: "end" });
    expect(decide(ended, { at: "now", settlement: "credit" })).toEqual({ kind: "unchanged" });
  });

  it.each([
    ["no time", "tomorrow"],
    ["a time without a zone", "2026-03-20T00:00:00"],
    ["this very moment", now.toISOString()],
    ["more than five years ahead", "2031-03-11T00:00:00.000Z"],
  ])("refuses %s as a date", (_, at) => {
    expect(() => decide({}, { at })).toThrow(expect.objectContaining({ code: "invalid_time" }));
  });

  it("takes any zone, and whole seconds", () => {
    const decided = decide({}, { at: "2026-03-20T02:00:00.750+02:00" });
    expect(decided).toMatchObject({ at: { kind: "date", date } });
  });

  it("refuses what the provider can't do, or settle", () => {
    const refused = expect.objectContaining({ code: "not_supported" });
    expect(() => decide({}, { abilities: null })).toThrow(refused);
    expect(() => decide({}, { abilities: { ...everything, ends: ["now"] } })).toThrow(refused);
    const abilities = { ...everything, settlements: ["nothing"] } as const;
    expect(() => decide({}, { at: "now", settlement: "refund", abilities })).toThrow(refused);
  });
});
