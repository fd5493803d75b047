import { describe, expect, it } from "vitest";
import type { Subscription } from "../language/subscription.js";
import { buildCareItem, buildSubscription } from "../testing/building/build-subscription.js";
import { findDuplicates } from "./find-duplicates.js";

const now = new Date("2026-03-10T00:00:00.000Z");
const day = (date: string) => `2026-03-${date}T00:00:00.000Z`;
const early = (overrides: Partial<Subscription> = {}) =>
  buildSubscription({ id: "sub_early", startedAt: day("08"), ...overrides });
const late = (overrides: Partial<Subscription> = {}) =>
  buildSubscription({ id: "sub_late", startedAt: day("09"), ...overrides });
const both = [...buildSubscription().items, buildCareItem()];
const byHand = { origin: "provider" } as const;

/** As `sub_late → sub_early`: the duplicate, and what is kept. */
const found = (...subscriptions: Subscription[]) =>
  findDuplicates(subscriptions, now).map(({ duplicate, kept }) => `${duplicate.id} → ${kept.id}`);

describe("findDuplicates", () => {
  it.each<[string, Subscription[], string[]]>([
    ["two paid ones: the later is the duplicate", [early(), late()], ["sub_late → sub_early"]],
    ["in whatever order they are listed", [late(), early()], ["sub_late → sub_early"]],
    [
      "started at the same moment: the id decides",
      [late({ startedAt: day("08"), id: "sub_b" }), early({ id: "sub_a" })],
      ["sub_b → sub_a"],
    ],
    [
      "a later trial beside a paid one is the duplicate",
      [early(), late({ status: "trialing" })],
      ["sub_late → sub_early"],
    ],
    [
      "an earlier trial beside a paid one is the duplicate: nobody loses a paid one for an unpaid one",
      [early({ status: "trialing" }), late()],
      ["sub_early → sub_late"],
    ],
    [
      "an earlier one that is past due gives way to a paid one",
      [early({ status: "past_due" }), late()],
      ["sub_early → sub_late"],
    ],
    [
      "two trials: the later is the duplicate",
      [early({ status: "trialing" }), late({ status: "trialing" })],
      ["sub_late → sub_early"],
    ],
    [
      "a paused one gives way to one that is past due",
      [early({ status: "paused" }), late({ status: "past_due" })],
      ["sub_early → sub_late"],
    ],
    [
      "three: two of them are duplicates of the one that stays",
      [early(), late(), late({ id: "sub_later" })],
      ["sub_late → sub_early", "sub_later → sub_early"],
    ],
    [
      "one that also carries a plan of another group is not a duplicate: that plan would go with it",
      [early(), late({ items: both })],
      [],
    ],
    [
      "one that also carries a plan of another group stays, and the other one is the duplicate",
      [early({ items: both }), late()],
      ["sub_late → sub_early"],
    ],
    [
      "of two at two providers, the later is the duplicate as well",
      [early({ provider: "old" }), late({ provider: "new" })],
      ["sub_late → sub_early"],
    ],
    [
      "one that is known by two providers' names is not its own duplicate",
      [early({ provider: "old" }), early({ provider: "new" })],
      [],
    ],
    ["a single one is not a duplicate", [early()], []],
    ["one that ended is not a duplicate", [early(), late({ status: "ended" })], []],
    [
      "one whose first payment is not finished is not a duplicate",
      [early(), late({ status: "incomplete" })],
      [],
    ],
    ["one made by hand is not a duplicate, whenever it was made", [early(), late(byHand)], []],
    ["nor is one made by hand before", [early(byHand), late({ status: "trialing", ...byHand })], []],
    [
      "a checkout's beside one that was made by hand before is",
      [early(byHand), late()],
      ["sub_late → sub_early"],
    ],
    [
      "a paid one never gives way to one made by hand that is not paid",
      [early({ ...byHand, status: "past_due" }), late()],
      [],
    ],
    [
      "a trial does not give way to one made by hand afterwards: whoever made it knew",
      [early({ status: "trialing" }), late(byHand)],
      [],
    ],
    [
      "two that have run side by side for a long time are not a mistake",
      [early({ startedAt: "2025-01-01T00:00:00.000Z" }), late({ startedAt: "2025-01-02T00:00:00.000Z" })],
      [],
    ],
    [
      "an old one does not give way to a new one: what was paid for it is not refunded",
      [early({ startedAt: "2025-01-01T00:00:00.000Z", status: "past_due" }), late()],
      [],
    ],
  ])("%s", (_name, subscriptions, expected) => {
    expect(found(...subscriptions)).toEqual(expected);
  });
});
