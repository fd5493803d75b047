import { defaultApp } from "@tollgate/core";
import type Stripe from "stripe";
import { expect, test } from "vitest";
import { lineOf } from "./line-of.js";
import { toPhases } from "./phases.js";

const marks = { app: defaultApp };
const price = (id: string, metadata: Record<string, string>) =>
  ({ id, metadata, recurring: { interval: "month", interval_count: 1 } }) as unknown as Stripe.Price;
const pro = price("price_pro", { tollgate_plan: "pro" });
const team = price("price_team", { tollgate_plan: "team" });
const care = price("price_care", { tollgate_plan: "care", tollgate_group: "support" });
const used = price("price_used", { tollgate_usage: "messages", tollgate_usage_plan: "pro" });
const storage = price("price_storage", { tollgate_addon: "storage" });
const dearStorage = price("price_storage_2", { tollgate_addon: "storage" });
const other = price("price_other", {});

const itemOf = (of: Stripe.Price) =>
  ({ price: of, quantity: 1, discounts: [], metadata: { was: of.id }, tax_rates: null }) as const;
const running = (...prices: Stripe.Price[]) =>
  ({
    items: prices.map(itemOf),
    discounts: [],
    default_tax_rates: [],
    automatic_tax: null,
    billing_cycle_anchor: null,
    collection_method: null,
    default_payment_method: null,
    description: null,
    metadata: null,
    start_date: 1,
    end_date: 2,
    trial_end: null,
  }) as unknown as Stripe.SubscriptionSchedule.Phase;
const next = (...prices: Stripe.Price[]) => ({
  items: prices.map((one) => ({ price: one.id, line: lineOf(one, marks), quantity: 1 })),
});

test.each<[string, Stripe.Price[], Stripe.Price[], (string | undefined)[]]>([
  [
    "what stays keeps its own",
    [pro, storage, care],
    [storage, care, pro],
    ["price_storage", "price_care", "price_pro"],
  ],
  [
    "a plan gets that of the plan of its group",
    [care, storage, pro],
    [team, care],
    ["price_pro", "price_care"],
  ],
  [
    "an add-on gets that of the same one",
    [pro, used, storage],
    [pro, dearStorage],
    ["price_pro", "price_storage"],
  ],
  ["a new one gets nobody's", [pro, used], [pro, storage], ["price_pro", undefined]],
  [
    "two of one add-on keep theirs",
    [pro, storage, dearStorage],
    [dearStorage, storage],
    ["price_storage_2", "price_storage"],
  ],
  [
    "a price that is none of ours stands for itself",
    [other, pro],
    [team, other],
    ["price_pro", "price_other"],
  ],
])("of what lines carry, %s", (_, before, after, carried) => {
  const [, later] = toPhases(running(...before), 2, next(...after), marks);
  const was = later?.items.map(({ metadata }) => (metadata ? metadata.was : undefined));
  expect(was).toEqual(carried);
});
