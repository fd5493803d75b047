import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { openStage } from "./open-stage.js";

// What answers of 2026-08-26.dahlia had as recorded on a real account in September 2026, although the SDK declares it
// no longer; which of it changes with an update, https://docs.stripe.com/billing/subscriptions/prorations. A charge's
// `dispute` by the declaration of SDK 8 ("Details about the dispute if the charge has been disputed").

const shown = (object: object) => object as Record<string, unknown>;

describe("what is on the wire and not declared", () => {
  it("a charge has a destination, an order and its dispute", async () => {
    const { stripe, customer, card } = await openStage({ time: "sandbox", card: null });
    const charged = async (name: string) => {
      const intent = await stripe.paymentIntents.create({
        amount: 6000,
        currency: "usd",
        customer,
        confirm: true,
        payment_method: await card(name),
        allowed_payment_method_types: ["card"],
      });
      return stripe.charges.retrieve(intent.latest_charge as string);
    };
    const none = { destination: null, order: null };
    expect(shown(await charged("pm_card_visa"))).toMatchObject({ ...none, dispute: null, disputed: false });
    const contested = await charged("pm_card_createDispute");
    const [dispute] = (await stripe.disputes.list({ charge: contested.id })).data;
    expect(shown(contested)).toMatchObject({ ...none, dispute: dispute?.id, disputed: true });
    expect(shown(dispute ?? {})).toMatchObject({
      balance_transaction: dispute?.balance_transactions[0]?.id,
    });
  });

  it("a subscription of one price has its plan and quantity, in what an update changed too", async () => {
    const stage = await openStage();
    const { stripe, customer, price } = stage;
    const [first, second] = [await price(1000), await price(1800)];
    const made = await stripe.subscriptions.create({ customer, items: [{ price: first, quantity: 2 }] });
    expect(shown(made)).toMatchObject({ plan: { id: first, object: "plan", amount: 1000 }, quantity: 2 });
    const item = made.items.data[0]?.id as string;
    await stripe.subscriptions.update(made.id, { items: [{ id: item, price: second, quantity: 1 }] });
    const { object, previous_attributes: previous } = stage.last("customer.subscription.updated").data;
    expect(object).toMatchObject({ plan: { id: second }, quantity: 1 });
    expect(previous).toMatchObject({
      items: { data: [{ price: { id: first } }] },
      plan: { id: first },
      quantity: 2,
    });
  });

  it("a subscription of several prices has neither", async () => {
    const { stripe, customer, price } = await openStage();
    const made: Stripe.Subscription = await stripe.subscriptions.create({
      customer,
      items: [{ price: await price(1000) }, { price: await price(1800) }],
    });
    expect(shown(made)).toMatchObject({ plan: null, quantity: null });
  });
});
