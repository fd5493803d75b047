import { afterEach, describe, expect, it } from "vitest";
import { refusal } from "../connect.js";
import { checkBooks, openStage, type Stage } from "./open-stage.js";

// As recorded on an account of 2026-08-26.dahlia in September 2026, unless a link says otherwise.

let stage: Stage;
afterEach(() => checkBooks(stage));

describe("what is told", () => {
  it("of a payment that is captured later: the charge, what can be captured, and then the capture", async () => {
    stage = await openStage({ time: "sandbox" });
    const { stripe, customer, told, card } = stage;
    const intent = await stripe.paymentIntents.create({
      amount: 2000,
      currency: "usd",
      customer,
      confirm: true,
      capture_method: "manual",
      payment_method: await card("pm_card_visa"),
      automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    });
    expect(told()).toEqual([
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.amount_capturable_updated",
    ]);
    await stripe.paymentIntents.capture(intent.id);
    expect(told()).toEqual(["charge.captured", "payment_intent.succeeded"]);
  });

  it("of a customer who is deleted: all that was known of them, and each subscription that ended", async () => {
    const own = await openStage();
    const { stripe, customer, told, last, price } = own;
    await stripe.subscriptions.create({ customer, items: [{ price: await price(1000) }] });
    told();
    await stripe.customers.del(customer);
    expect(told()).toEqual(["customer.subscription.deleted", "customer.deleted"]);
    const { object } = last("customer.deleted").data;
    expect(object).toMatchObject({ id: customer, object: "customer", email: "ada@example.com" });
    expect(object).not.toHaveProperty("deleted");
    stage = await openStage();
  });

  it("of a schedule whose subscription is given up: it is aborted", async () => {
    // https://docs.stripe.com/api/events/types#event_types-subscription_schedule.aborted
    stage = await openStage();
    const { stripe, customer, price, card, to, sandbox } = stage;
    const first = { price: await price(1000) };
    const { id } = await stripe.subscriptionSchedules.create({
      customer,
      start_date: "now",
      phases: [{ items: [first], duration: { interval: "year" } }],
    });
    await to("2027-01-01T02:00:00Z");
    await card("pm_card_chargeCustomerFail");
    await to("2027-03-10");
    expect(sandbox.events().map(({ type }) => type)).toContain("subscription_schedule.aborted");
    expect(await stripe.subscriptionSchedules.retrieve(id)).toMatchObject({ status: "canceled" });
  });
});

describe("what is written", () => {
  it("on a discounted credit, and of a date in September", async () => {
    stage = await openStage({ start: "2026-09-01" });
    const { stripe, customer, price, to } = stage;
    const coupon = await stripe.coupons.create({ percent_off: 10, duration: "forever" });
    const { id, items } = await stripe.subscriptions.create({
      customer,
      items: [{ price: await price(3000) }],
      discounts: [{ coupon: coupon.id }],
    });
    await to("2026-09-21");
    await stripe.subscriptions.update(id, {
      items: [{ id: `${items.data[0]?.id}`, price: await price(6000) }],
    });
    const { data } = await stripe.invoiceItems.list({ customer });
    expect(data.map(({ description }) => description).sort()).toEqual([
      "Remaining time on Pro (with 10.0% off) after 21 Sep 2026",
      "Unused time on Pro (with 10.0% off) after 21 Sep 2026",
    ]);
  });

  it("of the fees of a payment, a chargeback and its reversal", async () => {
    stage = await openStage({ time: "sandbox", card: null });
    const { stripe, customer, card, to } = stage;
    const intent = await stripe.paymentIntents.create({
      amount: 6000,
      currency: "usd",
      customer,
      confirm: true,
      payment_method: await card("pm_card_createDispute"),
      automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    });
    const charge = intent.latest_charge as string;
    const [dispute] = (await stripe.disputes.list({ charge })).data;
    await stripe.disputes.update(`${dispute?.id}`, { evidence: { uncategorized_text: "winning_evidence" } });
    await to("2027-01-01T00:01:00Z");
    const { data } = await stripe.balanceTransactions.list();
    const told = data.map(({ type, description, fee_details }) => [
      type,
      description,
      fee_details[0]?.description,
    ]);
    expect(told.map(([, description]) => description)).toEqual(
      expect.arrayContaining([`Chargeback reversal for ${charge}`, `Chargeback withdrawal for ${charge}`]),
    );
    expect(told.find(([type]) => type === "charge")?.[2]).toBe("Stripe processing fees");
  });

  it("of a key that was used for something else", async () => {
    stage = await openStage();
    const { stripe } = stage;
    await stripe.customers.create({ name: "Ada" }, { idempotencyKey: "once" });
    const { message } = await refusal(stripe.customers.create({ name: "Bob" }, { idempotencyKey: "once" }));
    expect(message).toBe(
      "Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a " +
        "key other than 'once' if you meant to execute a different request.",
    );
  });
});
