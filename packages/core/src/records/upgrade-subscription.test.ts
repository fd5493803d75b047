import { expect, it } from "vitest";
import { buildSubscription } from "../testing/building/build-subscription.js";
import { type SubscriptionRecord, upgradeSubscription } from "./upgrade-subscription.js";

const today = buildSubscription({ interval: "year" });

/** The same as stored by a release that knew one plan for each subscription. */
function earlier(record: typeof today): SubscriptionRecord {
  const { arrears: _, items, ...rest } = record;
  return { ...rest, items: items.map(({ group: _group, interval: _interval, ...item }) => item) };
}

it("changes nothing in a record that has everything", () => {
  expect(upgradeSubscription(today)).toEqual(today);
});

it("says of an earlier record what today's would", () => {
  expect(upgradeSubscription(earlier(today))).toEqual(today);
});

it("guesses nothing about a second plan whose group was not stored", () => {
  const [item] = today.items;
  if (item === undefined) throw new Error("The subscription has no line.");
  const care = { ...item, id: "si_2", planId: "care", group: "support" };
  const setup = { ...item, id: "si_3", planId: null, group: null, interval: null };
  const record = earlier({ ...today, items: [item, care, setup] });
  expect(upgradeSubscription(record).items).toEqual([item, { ...care, group: null, interval: null }, setup]);
});

it("does not take the grace period from one that was past due before arrears were stored", () => {
  const record = earlier({ ...today, status: "past_due", pastDueSince: today.asOf });
  expect(upgradeSubscription(record).arrears).toBeNull();
});
