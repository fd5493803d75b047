import type Stripe from "stripe";
import { expect, test } from "vitest";
import { buildPrice } from "../../../../test/build-stripe.js";
import type { PriceForSale } from "./for-sale.js";
import { priceMismatch } from "./price-mismatch.js";

const wanted: PriceForSale = {
  lookupKey: "tollgate:plan:pro:month:usd",
  currency: "usd",
  amount: 2900,
  interval: "month",
  metadata: {},
};
const { recurring } = buildPrice();
const monthly = recurring as Stripe.Price.Recurring;
const off = { id: "tollgate_plan_pro", object: "product", active: false } as Stripe.Product;
const deleted: Stripe.DeletedProduct = { id: "tollgate_plan_pro", object: "product", deleted: true };

test("a price that charges what is shown differs in nothing", () => {
  expect(priceMismatch(buildPrice(), wanted)).toBeNull();
  const once = buildPrice({ recurring: null, type: "one_time" });
  expect(priceMismatch(once, { ...wanted, interval: null })).toBeNull();
});

test.each<[string, Partial<Stripe.Price>, string]>([
  ["another amount", { unit_amount: 900 }, "amount is 900 at Stripe and 2900 in the catalog"],
  [
    "tiers",
    { unit_amount: null, billing_scheme: "tiered" },
    "amount is none at Stripe and 2900 in the catalog",
  ],
  ["another currency", { currency: "eur" }, "currency is eur at Stripe and usd in the catalog"],
  [
    "another interval",
    { recurring: { ...monthly, interval: "year" } },
    "interval is year at Stripe and month",
  ],
  ["a longer interval", { recurring: { ...monthly, interval_count: 3 } }, "interval is 3 months at Stripe"],
  ["one payment", { recurring: null }, "interval is once at Stripe and month in the catalog"],
  ["metering", { recurring: { ...monthly, usage_type: "metered" } }, "usage type is metered at Stripe"],
  [
    "a pack of ten",
    { transform_quantity: { divide_by: 10, round: "up" } },
    "units to a price is 10 at Stripe",
  ],
  ["a product off sale", { product: off }, "product is off sale at Stripe"],
  ["a product that was deleted", { product: deleted }, "product is off sale at Stripe"],
])("a price with %s is not the one that is shown", (_, fields, words) => {
  expect(priceMismatch(buildPrice(fields), wanted)).toContain(words);
});

test("amounts are shown as the catalog writes them", () => {
  const price = buildPrice({ currency: "isk", unit_amount: 500 });
  expect(priceMismatch(price, { ...wanted, currency: "isk", amount: 600 })).toBe(
    "amount is 5 at Stripe and 6 in the catalog",
  );
});
