import type Stripe from "stripe";
import { describe, expect, test } from "vitest";
import { type Connected, connect, payer, recurringPrice } from "./connect.js";
import { readDocumentedDefaults } from "./read-documented-defaults.js";

// For every parameter that a request leaves out, the sandbox's default is Stripe's. The SDK's declarations say
// which parameters have one: a table below that lacks one of them is red, as is one that has it otherwise.

type Shown = Readonly<Record<string, unknown>>;

/** Answers don't show it: it shows in what happens, or the sandbox has no such thing. */
const notShown = Symbol("not shown");

const urls = { success_url: "https://app.test/ok" };

async function openCheckout({ stripe }: Connected): Promise<Shown> {
  const price = await recurringPrice(stripe, 900);
  const customer = await payer(stripe);
  const add = { price: (await recurringPrice(stripe, 200)).id, quantity: 1 };
  const session = await stripe.checkout.sessions.create({
    mode: "subscription",
    customer: customer.id,
    line_items: [{ price: price.id, quantity: 1, adjustable_quantity: { enabled: true } }],
    optional_items: [{ ...add, adjustable_quantity: { enabled: true } }],
    custom_fields: [{ key: "team", label: { custom: "Team", type: "custom" }, type: "text" }],
    after_expiration: { recovery: { enabled: true } },
    tax_id_collection: { enabled: true },
    customer_update: { name: "auto" },
    ...urls,
    expand: ["line_items"],
  });
  const embedded = await stripe.checkout.sessions.create({
    mode: "payment",
    ui_mode: "embedded_page",
    return_url: "https://app.test/ok",
    line_items: [
      { price_data: { currency: "usd", unit_amount: 500, product_data: { name: "Once" } }, quantity: 1 },
    ],
  });
  const line = session.line_items?.data[0]?.adjustable_quantity;
  const optional = session.optional_items?.[0]?.adjustable_quantity;
  return {
    // `null` is how Stripe shows `auto` here.
    billing_address_collection: session.billing_address_collection ?? "auto",
    expires_at: (session.expires_at - session.created) / 3600,
    payment_method_collection: session.payment_method_collection,
    redirect_on_completion: embedded.redirect_on_completion,
    ui_mode: session.ui_mode,
    "CustomField.optional": session.custom_fields[0]?.optional,
    "CustomerUpdate.address": notShown,
    "CustomerUpdate.name": notShown,
    "CustomerUpdate.shipping": notShown,
    "SubscriptionData.proration_behavior": notShown,
    "TaxIdCollection.required": session.tax_id_collection?.required,
    "AfterExpiration.Recovery.allow_promotion_codes":
      session.after_expiration?.recovery?.allow_promotion_codes,
    "LineItem.AdjustableQuantity.maximum": line?.maximum,
    "LineItem.AdjustableQuantity.minimum": line?.minimum,
    "NameCollection.Business.optional": notShown,
    "NameCollection.Individual.optional": notShown,
    "OptionalItem.AdjustableQuantity.maximum": optional?.maximum,
    "OptionalItem.AdjustableQuantity.minimum": optional?.minimum,
  };
}

async function createCustomer({ stripe }: Connected): Promise<Shown> {
  const { next_invoice_sequence } = await stripe.customers.create({});
  return { next_invoice_sequence, "Tax.validate_location": notShown };
}

async function createProduct({ stripe }: Connected): Promise<Shown> {
  const { active, type } = await stripe.products.create({ name: "Pro" });
  return { active, type };
}

async function createPrice({ stripe }: Connected): Promise<Shown> {
  const { active, recurring, product } = await recurringPrice(stripe, 900);
  const made = await stripe.products.retrieve(String(product));
  return { active, "ProductData.active": made.active, "Recurring.usage_type": recurring?.usage_type };
}

async function createPortal({ stripe }: Connected): Promise<Shown> {
  const { features } = await stripe.billingPortal.configurations.create({
    features: { subscription_pause: { enabled: true } },
  });
  const { duration } = features.subscription_pause;
  return {
    "Features.SubscriptionPause.duration": duration.type,
    "Features.SubscriptionPause.Duration.IntervalOption.interval_count":
      duration.interval_options[0]?.interval_count,
    "Features.SubscriptionUpdate.billing_cycle_anchor": features.subscription_update.billing_cycle_anchor,
  };
}

async function subscribe({ stripe }: Connected): Promise<Stripe.Subscription> {
  const customer = await payer(stripe);
  const price = await recurringPrice(stripe, 900);
  return stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
}

async function createSubscription(world: Connected): Promise<Shown> {
  const subscription = await subscribe(world);
  return {
    cancel_at_period_end: subscription.cancel_at_period_end,
    collection_method: subscription.collection_method,
    off_session: notShown,
    proration_behavior: notShown,
    trial_from_plan: subscription.trial_end !== null,
    "AddInvoiceItem.period": notShown,
    "AddInvoiceItem.quantity": notShown,
    "PaymentSettings.save_default_payment_method": subscription.payment_settings?.save_default_payment_method,
    "TrialSettings.EndBehavior.billing_cycle_anchor":
      subscription.trial_settings?.end_behavior.billing_cycle_anchor,
  };
}

/** Both show in what is missing afterwards: an item that credits the rest, and an invoice for it. */
async function cancelSubscription(world: Connected): Promise<Shown> {
  const { id, customer } = await subscribe(world);
  await world.stripe.subscriptions.cancel(id);
  const of = { customer: String(customer) };
  const invoices = await world.stripe.invoices.list(of);
  const items = await world.stripe.invoiceItems.list(of);
  return { invoice_now: invoices.data.length > 1, prorate: items.data.length > 0 };
}

describe("what a request leaves out has the default that the SDK documents", () => {
  test.each([
    ["Checkout/Sessions", "SessionCreateParams", openCheckout],
    ["Customers", "CustomerCreateParams", createCustomer],
    ["Products", "ProductCreateParams", createProduct],
    ["Prices", "PriceCreateParams", createPrice],
    ["BillingPortal/Configurations", "ConfigurationCreateParams", createPortal],
    ["Subscriptions", "SubscriptionCreateParams", createSubscription],
    ["Subscriptions", "SubscriptionCancelParams", cancelSubscription],
  ])("%s %s", async (file, name, create) => {
    const documented = readDocumentedDefaults(file, name);
    const shown = await create(await connect());
    expect(Object.keys(shown).sort()).toEqual([...documented.keys()].sort());
    const visible = Object.entries(shown).filter(([, value]) => value !== notShown);
    expect(Object.fromEntries(visible.map(([key, value]) => [key, String(value)]))).toEqual(
      Object.fromEntries(visible.map(([key]) => [key, documented.get(key)])),
    );
  });
});

// Not in a sentence that can be parsed, but documented all the same (docs.stripe.com, and recorded answers).
describe("what a request leaves out, by other documents", () => {
  test("a checkout keeps the account's Adaptive Pricing, which accounts have on, and its flexible billing", async () => {
    const { stripe } = await connect();
    const price = await recurringPrice(stripe, 900);
    const session = await stripe.checkout.sessions.create({
      mode: "subscription",
      line_items: [{ price: price.id, quantity: 1 }],
      ...urls,
    });
    expect(session).toMatchObject({
      adaptive_pricing: { enabled: true },
      allow_promotion_codes: null,
      automatic_tax: { enabled: false },
      locale: null,
      phone_number_collection: { enabled: false },
      saved_payment_method_options: { allow_redisplay_filters: ["always"], payment_method_save: null },
    });
  });

  test("a price is per unit, each interval, with no trial of its own and no tax behaviour", async () => {
    const { stripe } = await connect();
    expect(await recurringPrice(stripe, 900)).toMatchObject({
      billing_scheme: "per_unit",
      lookup_key: null,
      recurring: { interval_count: 1, trial_period_days: null, usage_type: "licensed" },
      tax_behavior: "unspecified",
    });
  });

  test("a refund gives back all that is left", async () => {
    const world = await connect();
    const { latest_invoice } = await subscribe(world);
    const payments = await world.stripe.invoicePayments.list({ invoice: String(latest_invoice) });
    const payment_intent = String(payments.data[0]?.payment.payment_intent);
    await world.stripe.refunds.create({ payment_intent, amount: 300 });
    expect(await world.stripe.refunds.create({ payment_intent })).toMatchObject({
      amount: 600,
      reason: null,
    });
  });

  test("a list of subscriptions leaves out the canceled ones, a list of prices or products nothing, each ten long", async () => {
    const world = await connect();
    const { stripe } = world;
    const { id, customer } = await subscribe(world);
    await stripe.subscriptions.cancel(id);
    const of = { customer: String(customer) };
    expect((await stripe.subscriptions.list(of)).data).toEqual([]);
    expect((await stripe.subscriptions.list({ ...of, status: "all" })).data).toHaveLength(1);
    const price = await recurringPrice(stripe, 900);
    await stripe.prices.update(price.id, { active: false });
    await stripe.products.update(String(price.product), { active: false });
    expect((await stripe.prices.list()).data.map((one) => one.id)).toContain(price.id);
    expect((await stripe.products.list()).data.map((one) => one.id)).toContain(price.product);
    for (let n = 0; n < 12; n += 1) await stripe.customers.create({});
    expect((await stripe.customers.list()).data).toHaveLength(10);
  });
});
