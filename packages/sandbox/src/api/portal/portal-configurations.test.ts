import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { connect, recurringPrice, refusal } from "../../../test/connect.js";
import { post } from "../../../test/open-dashboard.js";

type Features = Stripe.BillingPortal.ConfigurationCreateParams.Features;
type Update = NonNullable<Features["subscription_update"]>;

const updateTo = (...prices: readonly Stripe.Price[]): Update => ({
  enabled: true,
  default_allowed_updates: ["price"],
  products: prices.map((price) => ({ product: String(price.product), prices: [price.id] })),
});

describe("a portal configuration", () => {
  it("has Stripe's default for everything that is left out when it is created", async () => {
    const { stripe } = await connect();
    const price = await recurringPrice(stripe, 900);
    const { features, ...configuration } = await stripe.billingPortal.configurations.create({
      features: { subscription_update: updateTo(price), subscription_cancel: { enabled: true } },
    });
    expect(configuration).toMatchObject({
      active: true,
      business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
      default_return_url: null,
      is_default: false,
      login_page: { enabled: false, url: null },
      metadata: {},
      name: null,
    });
    expect(features).toMatchObject({
      customer_update: { enabled: false, allowed_updates: [] },
      invoice_history: { enabled: false },
      payment_method_update: { enabled: false, payment_method_configuration: null },
      subscription_cancel: {
        enabled: true,
        mode: "at_period_end",
        proration_behavior: "none",
        cancellation_reason: { enabled: false },
      },
      subscription_pause: {
        enabled: false,
        duration: { type: "interval_options", interval_options: [{ interval: "month", interval_count: 1 }] },
      },
      subscription_update: {
        billing_cycle_anchor: "unchanged",
        proration_behavior: "none",
        schedule_at_period_end: { conditions: [] },
        trial_update_behavior: "end_trial",
        products: [{ adjustable_quantity: { enabled: false, minimum: 1, maximum: null } }],
      },
    });
  });

  it("is the account's own where a session names none: the dashboard's start state, which switches nothing", async () => {
    const { stripe } = await connect({ settings: { portalSaved: true } });
    const [saved] = (await stripe.billingPortal.configurations.list({ is_default: true })).data;
    const customer = await stripe.customers.create({});
    const session = await stripe.billingPortal.sessions.create({ customer: customer.id });
    const own = await stripe.billingPortal.configurations.retrieve(String(session.configuration));
    expect(own).toEqual(saved);
    expect(own).toMatchObject({
      is_default: true,
      features: {
        customer_update: { enabled: true, allowed_updates: ["name", "email", "address", "phone"] },
        invoice_history: { enabled: true },
        payment_method_update: { enabled: true },
        subscription_cancel: {
          enabled: true,
          mode: "at_period_end",
          proration_behavior: "none",
          cancellation_reason: { enabled: true },
        },
        subscription_pause: { enabled: false },
        subscription_update: { enabled: false, default_allowed_updates: [] },
      },
    });
  });

  it("is asked for by a session that names none, until the account's own was saved", async () => {
    const { stripe, sandbox } = await connect();
    const { id: customer } = await stripe.customers.create({});
    const open = () => stripe.billingPortal.sessions.create({ customer });
    const { statusCode, rawType, code, param, message } = await refusal(open());
    expect({ statusCode, rawType, code, param }).toEqual({
      statusCode: 400,
      rawType: "invalid_request_error",
      code: undefined,
      param: undefined,
    });
    expect(message).toBe(
      "No configuration provided and your test mode default configuration has not been created. Provide a " +
        "configuration or create your default by saving your customer portal settings in test mode at " +
        "https://dashboard.stripe.com/test/settings/billing/portal.",
    );
    // One that the API makes is never the account's own.
    const { id: configuration } = await stripe.billingPortal.configurations.create({
      features: { invoice_history: { enabled: true } },
    });
    expect((await refusal(open())).message).toBe(message);
    expect((await stripe.billingPortal.sessions.create({ customer, configuration })).configuration).toBe(
      configuration,
    );
    await post(sandbox, "/dashboard/settings", { retries: "3, 5, 7", portal: "on" });
    const own = await stripe.billingPortal.configurations.retrieve(String((await open()).configuration));
    expect(own.is_default).toBe(true);
  });

  it("takes ten products to switch to, and refuses the eleventh", async () => {
    const { stripe } = await connect();
    const prices: Stripe.Price[] = [];
    for (let n = 1; n <= 11; n += 1) prices.push(await recurringPrice(stripe, 100 * n));
    const create = (count: number) =>
      stripe.billingPortal.configurations.create({
        features: { subscription_update: updateTo(...prices.slice(0, count)) },
      });
    expect((await create(10)).features.subscription_update.products).toHaveLength(10);
    const { statusCode, param, message } = await refusal(create(11));
    expect({ statusCode, param, message }).toEqual({
      statusCode: 400,
      param: "features[subscription_update][products]",
      message: "Array products exceeded maximum 10 allowed elements.",
    });
    const { id } = await create(1);
    const more = { features: { subscription_update: updateTo(...prices) } };
    expect((await refusal(stripe.billingPortal.configurations.update(id, more))).param).toBe(
      "features[subscription_update][products]",
    );
  });

  it.each<[string, (price: Stripe.Price) => Features, string]>([
    [
      "a switch without saying what may change",
      (price) => {
        const { default_allowed_updates: _, ...rest } = updateTo(price);
        return { subscription_update: rest };
      },
      "features[subscription_update][default_allowed_updates]",
    ],
    [
      "a switch to nothing",
      (price) => {
        const { products: _, ...rest } = updateTo(price);
        return { subscription_update: rest };
      },
      "features[subscription_update][products]",
    ],
    [
      "a cancellation that is invoiced",
      () => ({ subscription_cancel: { enabled: true, proration_behavior: "always_invoice" } }),
      "features[subscription_cancel][proration_behavior]",
    ],
    [
      "prorations of a cancellation that waits for the period's end",
      () => ({
        subscription_cancel: {
          enabled: true,
          mode: "at_period_end",
          proration_behavior: "create_prorations",
        },
      }),
      "features[subscription_cancel][proration_behavior]",
    ],
    [
      "a maximum below the minimum",
      (price) => {
        const adjustable_quantity = { enabled: true, minimum: 3, maximum: 2 };
        const products = [{ product: String(price.product), prices: [price.id], adjustable_quantity }];
        return { subscription_update: { ...updateTo(price), products } };
      },
      "features[subscription_update][products][0][adjustable_quantity][maximum]",
    ],
  ])("refuses %s", async (_name, features, param) => {
    const { stripe } = await connect();
    const price = await recurringPrice(stripe, 900);
    const refused = stripe.billingPortal.configurations.create({ features: features(price) });
    expect(await refusal(refused)).toMatchObject({ statusCode: 400, param });
  });

  it("refuses two prices of one product and interval", async () => {
    const { stripe } = await connect();
    const price = await recurringPrice(stripe, 900);
    const product = String(price.product);
    const twin = await stripe.prices.create({
      product,
      currency: "usd",
      unit_amount: 700,
      recurring: { interval: "month" },
    });
    const yearly = await stripe.prices.create({
      product,
      currency: "usd",
      unit_amount: 9000,
      recurring: { interval: "year" },
    });
    const offer = (...prices: string[]) =>
      stripe.billingPortal.configurations.create({
        features: { subscription_update: { ...updateTo(price), products: [{ product, prices }] } },
      });
    expect((await offer(price.id, yearly.id)).active).toBe(true);
    const param = "features[subscription_update][products][0][prices]";
    expect(await refusal(offer(price.id, twin.id))).toMatchObject({ statusCode: 400, param });
  });
});
