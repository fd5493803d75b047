import { describe, expect, it } from "vitest";
import { connect, payer, recurringPrice, refusal } from "../../../test/connect.js";
import { checkExpand } from "./check-expand.js";

describe("checkExpand takes", () => {
  it.each([
    ["GET /v1/subscriptions/:id", "customer.invoice_settings.default_payment_method"],
    ["GET /v1/subscriptions/:id", "items.data.price.product"],
    ["GET /v1/subscriptions", "data.latest_invoice.payments"],
    ["GET /v1/subscriptions", "data.discounts.source.coupon"],
    ["POST /v1/invoices/:id/pay", "parent.subscription_details.subscription"],
    ["GET /v1/invoices/:id", "confirmation_secret"],
    ["GET /v1/prices/:id", "currency_options"],
    ["GET /v1/prices/:id", "tiers"],
    ["GET /v1/customers/:id", "tax"],
    ["POST /v1/checkout/sessions", "line_items.data.price"],
    ["POST /v1/checkout/sessions", "total_details.breakdown"],
    ["GET /v1/coupons/:id", "applies_to"],
    ["GET /v1/charges/:id", "refunds"],
    ["POST /v1/sandbox/anything", "which.the.SDK.ignores"],
  ])("%s with %s", (endpoint, path) => {
    expect(() => checkExpand(endpoint, [path])).not.toThrow();
  });
});

describe("checkExpand refuses", () => {
  it.each([
    ["GET /v1/subscriptions/:id", "status", "This property cannot be expanded (status)."],
    ["GET /v1/subscriptions", "customer", "This property cannot be expanded (customer)."],
    ["GET /v1/customers/:id", "constructor", "This property cannot be expanded (constructor)."],
    ["GET /v1/customers/:id", "", "This property cannot be expanded ()."],
    [
      "GET /v1/subscriptions",
      "data.items.data.price.product",
      "You cannot expand more than 4 levels of a property (data.items.data.price.product).",
    ],
  ])("%s with %s", (endpoint, path, message) => {
    expect(() => checkExpand(endpoint, [path])).toThrow(message);
  });
});

describe("expand", () => {
  it("reaches into nested objects and lists", async () => {
    const { stripe } = await connect();
    const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 2900)];
    const made = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      expand: ["customer.invoice_settings.default_payment_method", "items.data.price.product"],
    });
    expect(made.customer).toMatchObject({
      invoice_settings: { default_payment_method: { object: "payment_method" } },
    });
    expect(made.items.data[0]?.price.product).toMatchObject({ object: "product", name: "Pro" });
    const { data } = await stripe.invoices.list({
      expand: ["data.parent.subscription_details.subscription", "data.payments.data.payment"],
    });
    expect(data[0]?.parent?.subscription_details?.subscription).toMatchObject({ object: "subscription" });
  });

  it("is refused before anything is done", async () => {
    const { stripe, sandbox } = await connect();
    const error = await refusal(stripe.customers.create({ name: "Ada", expand: ["name"] }));
    expect([error.statusCode, error.param]).toEqual([400, "expand"]);
    expect([sandbox.events(), (await stripe.customers.list()).data]).toEqual([[], []]);
  });
});
