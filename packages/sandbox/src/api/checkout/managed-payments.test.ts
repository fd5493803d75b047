import type Stripe from "stripe";
import { expect, it } from "vitest";
import { connect, refusal } from "../../../test/connect.js";

type Params = Stripe.Checkout.SessionCreateParams;

const clock = () => new Date(Date.UTC(2026, 0, 15));

const open = async (stripe: Stripe, tax_code: string | undefined, more: Partial<Params> = {}) => {
  const product = await stripe.products.create({ name: "Pro", ...(tax_code ? { tax_code } : {}) });
  const recurring = { interval: "month" } as const;
  const price = await stripe.prices.create({
    product: product.id,
    currency: "usd",
    unit_amount: 2000,
    recurring,
  });
  return stripe.checkout.sessions.create({
    mode: "subscription",
    line_items: [{ price: price.id, quantity: 1 }],
    ...(more.ui_mode === "elements" ? {} : { success_url: "https://app.example.com" }),
    ...more,
  });
};

const managed = { managed_payments: { enabled: true } };

it("sells in Stripe's name, with its tax, and says so in everything that follows", async () => {
  const { sandbox, stripe } = await connect({ clock });
  const session = await open(stripe, "txcd_10103001", managed);
  expect(session).toMatchObject({ managed_payments: { enabled: true }, automatic_tax: { enabled: true } });
  await sandbox.pay(session.id);
  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ["subscription", "invoice"] });
  expect(done).toMatchObject({
    amount_total: 2400,
    subscription: { managed_payments: { enabled: true }, automatic_tax: { enabled: true } },
    invoice: { total: 2400 },
  });
  const { id } = done.subscription as Stripe.Subscription;
  const update = { metadata: { seen: "yes" } };
  await stripe.subscriptions.update(id, update);
  const error = await refusal(
    stripe.subscriptions.update(id, { ...update, payment_behavior: "pending_if_incomplete" }),
  );
  expect(error).toMatchObject({
    param: "payment_behavior",
    message:
      "payment_behavior cannot be updated for Subscriptions created by Checkout Sessions with Stripe Managed Payments enabled.",
  });
});

it.each<[string, Partial<Params>, RegExp]>([
  ["automatic_tax", { automatic_tax: { enabled: true } }, /^Unsupported parameter: automatic_tax\./],
  ["tax_id_collection", { tax_id_collection: { enabled: true } }, /^Unsupported parameter: tax_id_coll/],
  ["adaptive_pricing", { adaptive_pricing: { enabled: false } }, /^Unsupported parameter: adaptive_pri/],
  ["custom_text", { custom_text: { submit: { message: "Hi" } } }, /^custom_text cannot be used with Managed/],
])("refuses %s, which Stripe decides itself", async (param, more, message) => {
  const { stripe } = await connect({ clock });
  const error = await refusal(open(stripe, "txcd_10103001", { ...managed, ...more }));
  expect(error.param).toBe(param);
  expect(error.message).toMatch(message);
});

it("needs a tax code of something digital on every product, and a page of Stripe's", async () => {
  const { stripe } = await connect({ clock });
  const missing = await refusal(open(stripe, undefined, managed));
  expect(missing.message).toMatch(/^Invalid line_items\[0\]: the product tax code is missing\./);
  const consulting = await refusal(open(stripe, "txcd_20060048", managed));
  expect(consulting.message).toBe(
    "Invalid line_items[0]: this product tax code is ineligible for Managed Payments",
  );
  const elements = { ui_mode: "elements", return_url: "https://app.example.com" } as const;
  const error = await refusal(open(stripe, "txcd_10103001", { ...managed, ...elements }));
  expect(error.param).toBe("ui_mode");
});

it("is on by default in accounts that have it so, and off where the request says", async () => {
  const { stripe } = await connect({ clock, settings: { managesPayments: true } });
  const error = await refusal(open(stripe, undefined));
  expect(error.message).toContain("Managed Payments, which is enabled by default on your account.");
  const session = await open(stripe, undefined, { managed_payments: { enabled: false } });
  expect(session.managed_payments).toEqual({ enabled: false });
});
