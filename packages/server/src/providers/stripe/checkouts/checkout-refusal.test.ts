import { BillingError, type CheckoutOffer } from "@tollgate/core";
import Stripe from "stripe";
import { expect, it } from "vitest";
import { toProviderError } from "../client/to-provider-error.js";
import { isNotForSale, toCheckoutRefusal } from "./checkout-refusal.js";

const offer: CheckoutOffer = { kind: "product", productId: "credits", currency: "usd", quantity: 1 };
const refused = (fields: object) =>
  toProviderError(new Stripe.errors.StripeInvalidRequestError({ statusCode: 400, ...fields } as never), {
    secretKey: "",
    apiBase: null,
  });

const conflict = "You cannot combine currencies on a single customer.";
const active =
  "This customer has an active subscription, subscription schedule, discount, quote, invoice item or active " +
  "subscription mode checkout session with currency eur.";
const older = "This customer has had a subscription, coupon, or invoice item with currency eur";

it.each<[string, object, object]>([
  ["a second currency", { message: `${conflict} ${active}` }, { code: "currency_conflict", status: 409 }],
  [
    "a second currency, in Stripe's older words",
    { message: `${conflict} ${older}` },
    { code: "currency_conflict" },
  ],
  ["an amount below the minimum", { code: "amount_too_small" }, { code: "amount_too_small", status: 400 }],
  [
    "more subscriptions than a customer may have",
    { code: "customer_max_subscriptions" },
    { code: "too_many_subscriptions", status: 409 },
  ],
  [
    "a refusal that names a currency but is not a conflict",
    { message: "The price is not active in the currency eur." },
    { code: "provider_rejected", status: 502 },
  ],
  ["anything else", { message: "No." }, { code: "provider_rejected", status: 502 }],
])("%s is put in words that a person understands, and none of them are Stripe's", (_, fields, expected) => {
  const ours = toCheckoutRefusal(refused(fields), offer);
  expect(ours).toMatchObject({ name: "BillingError", ...expected });
  expect(JSON.stringify(ours)).not.toContain("customer has");
});

it("a second currency names the one that is required", () => {
  const ours = toCheckoutRefusal(refused({ message: `${conflict} ${active}` }), offer);
  expect((ours as BillingError).details).toEqual({ currency: "usd", required: "eur" });
});

it.each<[string, object, boolean]>([
  [
    "inactive price",
    {
      param: "line_items[0][price]",
      message: "The price specified is inactive. This field only accepts active prices.",
    },
    true,
  ],
  ["unknown price", { param: "line_items[0][price]", message: "No such price: 'price_1'" }, false],
  [
    "inactive tax rate",
    { param: "line_items[0][tax_rates][0]", message: "The tax rate is inactive." },
    false,
  ],
])("an %s is not for sale: its case is %s", (_, fields, expected) => {
  expect(isNotForSale(refused(fields))).toBe(expected);
  expect(isNotForSale(new BillingError("internal", "inactive"))).toBe(false);
});
