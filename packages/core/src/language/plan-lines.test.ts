import { expect, it } from "vitest";
import { buildCareItem, buildSubscription } from "../testing/building/build-subscription.js";
import { holdsGroup, planLinesOf } from "./plan-lines.js";
import type { SubscriptionItem } from "./subscription.js";

const pro = buildSubscription();
const care = buildCareItem();
const setup: SubscriptionItem = { ...care, id: "si_3", planId: null, group: null, interval: null };

it.each<[string, readonly SubscriptionItem[], readonly string[], readonly string[]]>([
  ["one plan", pro.items, ["pro"], ["main"]],
  ["plans of two groups", [...pro.items, care], ["pro", "care"], ["main", "support"]],
  ["a plan beside what is not a plan", [setup, ...pro.items], ["pro"], ["main"]],
  ["nothing that is a plan any more", [setup], ["pro"], ["main"]],
  ["no lines", [], ["pro"], ["main"]],
])("lists the plans and groups of a subscription with %s", (_name, items, plans, groups) => {
  const subscription = buildSubscription({ items });
  expect(planLinesOf(subscription).map(({ planId }) => planId)).toEqual(plans);
  expect(["main", "support", "extra"].filter((group) => holdsGroup(subscription, group))).toEqual(groups);
});
