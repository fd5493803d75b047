import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { connect, payer, recurringPrice } from "../../../test/connect.js";

const urls = { success_url: "https://app.example.com/done" };
const change = { active: false, lookup_key: "old", nickname: "Old", metadata: { tier: "pro" } };

/** Sells a price in each way that Stripe shows it again. */
const sell = async (stripe: Stripe) => {
  const [customer, price] = [(await payer(stripe)).id, await recurringPrice(stripe, 2900)];
  const items = [{ price: price.id }];
  const lines = [{ price: price.id, quantity: 1 }];
  const subscription = await stripe.subscriptions.create({ customer, items });
  const session = await stripe.checkout.sessions.create({
    mode: "subscription",
    line_items: lines,
    ...urls,
  });
  const link = await stripe.paymentLinks.create({ line_items: lines });
  const quote = await stripe.quotes.create({ customer, line_items: items });
  const shown = async () => {
    const [found, listed, sold, linked, quoted] = await Promise.all([
      stripe.subscriptions.retrieve(subscription.id),
      stripe.subscriptionItems.list({ subscription: subscription.id }),
      stripe.checkout.sessions.listLineItems(session.id),
      stripe.paymentLinks.listLineItems(link.id),
      stripe.quotes.listLineItems(quote.id),
    ]);
    return [...found.items.data, ...listed.data, ...sold.data, ...linked.data, ...quoted.data];
  };
  return { price: price.id, subscription: subscription.id, shown };
};

describe("a price that changed", () => {
  it("is shown as it is now, wherever it was sold before", async () => {
    const { stripe, sandbox } = await connect();
    const { price, subscription, shown } = await sell(stripe);
    const logged = sandbox.events().length;
    await stripe.prices.update(price, change);
    expect(
      sandbox
        .events()
        .slice(logged)
        .map(({ type }) => type),
    ).toEqual(["plan.updated", "price.updated"]);
    const rows = await shown();
    expect(rows).toHaveLength(5);
    for (const row of rows) expect(row.price).toMatchObject({ id: price, ...change });
    const { plan } = (await stripe.subscriptions.retrieve(subscription)).items.data[0] ?? {};
    expect(plan).toMatchObject({ id: price, active: false, nickname: "Old", metadata: { tier: "pro" } });
  });

  it("is in events as it was when they happened, and is no change of the subscription", async () => {
    const { stripe, sandbox } = await connect();
    const { price, subscription } = await sell(stripe);
    await stripe.prices.update(price, change);
    await stripe.subscriptions.update(subscription, { metadata: { seen: "yes" } });
    const told = sandbox
      .events()
      .flatMap(({ type, data }) =>
        type.startsWith("customer.subscription.")
          ? [data as unknown as Stripe.CustomerSubscriptionUpdatedEvent.Data]
          : [],
      );
    expect(told.map(({ object }) => object.items.data[0]?.price.active)).toEqual([true, false]);
    expect(told.at(-1)?.previous_attributes).toEqual({ metadata: { seen: null } });
  });

  it("is shown without the lookup key that another price took over", async () => {
    const { stripe } = await connect();
    const { price, shown } = await sell(stripe);
    await stripe.prices.update(price, { lookup_key: "pro" });
    const next = await recurringPrice(stripe, 3900);
    await stripe.prices.update(next.id, { lookup_key: "pro", transfer_lookup_key: true });
    for (const row of await shown()) expect(row.price?.lookup_key).toBeNull();
  });

  it("waits in a pending update as it is now", async () => {
    const { stripe } = await connect();
    const customer = (await payer(stripe)).id;
    const [small, large] = [await recurringPrice(stripe, 900), await recurringPrice(stripe, 2900)];
    const { id, items } = await stripe.subscriptions.create({ customer, items: [{ price: small.id }] });
    const asks = await stripe.paymentMethods.attach("pm_card_authenticationRequired", { customer });
    await stripe.subscriptions.update(id, { default_payment_method: asks.id });
    await stripe.subscriptions.update(id, {
      items: [{ id: items.data[0]?.id ?? "", price: large.id }],
      payment_behavior: "pending_if_incomplete",
      proration_behavior: "always_invoice",
    });
    await stripe.prices.update(large.id, { nickname: "Large" });
    const { pending_update } = await stripe.subscriptions.retrieve(id);
    expect(pending_update?.subscription_items?.[0]?.price).toMatchObject({ id: large.id, nickname: "Large" });
  });

  it("is inactive in the subscription that a checkout made for it alone, and in what is told of it", async () => {
    const { stripe, sandbox } = await connect();
    const { product } = await recurringPrice(stripe, 900);
    const price_data = {
      currency: "usd",
      product: String(product),
      unit_amount: 700,
      recurring: { interval: "month" as const },
    };
    const { id } = await stripe.checkout.sessions.create({
      mode: "subscription",
      line_items: [{ price_data, quantity: 1 }],
      ...urls,
    });
    await sandbox.pay(id);
    const { subscription } = await stripe.checkout.sessions.retrieve(id, { expand: ["subscription"] });
    const made = subscription as Stripe.Subscription;
    expect(made.items.data.map(({ price, plan }) => [price.active, plan.active])).toEqual([[false, false]]);
    const created = sandbox.events().find(({ type }) => type === "customer.subscription.created");
    expect(created?.data.object).toMatchObject({ items: { data: [{ price: { active: false } }] } });
  });
});
