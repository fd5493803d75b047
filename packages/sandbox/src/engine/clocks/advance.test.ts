import { describe, expect, it } from "vitest";
import { connect, payer, recurringPrice } from "../../../test/connect.js";

const day = 86_400_000;
const iso = (seconds: number | null | undefined): string =>
  new Date((seconds ?? 0) * 1000).toISOString().slice(0, 10);

/** A sandbox that stands still at noon on 31 January 2026 until it is moved. */
const frozen = () => connect({ clock: () => new Date(Date.UTC(2026, 0, 31, 12)) });

describe("time", () => {
  it("renews on the anchor's day, month after month, with an invoice each", async () => {
    const { stripe, sandbox } = await frozen();
    const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 2900)];
    const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
    sandbox.advance(new Date(Date.UTC(2026, 4, 1)));
    const { items, status } = await stripe.subscriptions.retrieve(id);
    expect([
      status,
      iso(items.data[0]?.current_period_start),
      iso(items.data[0]?.current_period_end),
    ]).toEqual(["active", "2026-04-30", "2026-05-31"]);
    const invoices = await stripe.invoices.list({ subscription: id });
    expect(
      invoices.data.map((invoice) => [iso(invoice.created), invoice.status, invoice.amount_paid]),
    ).toEqual([
      ["2026-04-30", "paid", 2900],
      ["2026-03-31", "paid", 2900],
      ["2026-02-28", "paid", 2900],
      ["2026-01-31", "paid", 2900],
    ]);
  });

  it("keeps a renewal's invoice as a draft for an hour", async () => {
    const { stripe, sandbox } = await frozen();
    const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 2900)];
    const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
    sandbox.advance(new Date(Date.UTC(2026, 1, 28, 12, 30)));
    const draft = (await stripe.invoices.list({ subscription: id })).data[0];
    expect([draft?.status, draft?.billing_reason]).toEqual(["draft", "subscription_cycle"]);
    sandbox.advance(new Date(Date.UTC(2026, 1, 28, 13)));
    expect((await stripe.invoices.retrieve(draft?.id ?? "")).status).toBe("paid");
  });

  it("goes past due when a renewal fails, retries, and ends after the last retry", async () => {
    const { stripe, sandbox } = await frozen();
    const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 2900)];
    const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
    const bad = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer: customer.id });
    await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: bad.id } });
    sandbox.advance(new Date(Date.UTC(2026, 2, 1)));
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("past_due");
    const invoice = (await stripe.invoices.list({ subscription: id, status: "open" })).data[0];
    expect([invoice?.attempt_count, iso(invoice?.next_payment_attempt)]).toEqual([1, "2026-03-03"]);
    sandbox.advance(new Date(Date.UTC(2026, 2, 20)));
    const ended = await stripe.subscriptions.retrieve(id);
    expect([ended.status, ended.cancellation_details?.reason]).toEqual(["canceled", "payment_failed"]);
  });

  it("heals when the customer's new card pays the open invoice", async () => {
    const { stripe, sandbox } = await frozen();
    const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 2900)];
    const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
    const bad = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer: customer.id });
    await stripe.subscriptions.update(id, { default_payment_method: bad.id });
    sandbox.advance(new Date(Date.UTC(2026, 2, 1)));
    const open = (await stripe.invoices.list({ subscription: id, status: "open" })).data[0];
    const good = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
    await stripe.invoices.pay(open?.id ?? "", { payment_method: good.id });
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("active");
  });

  it.each([
    ["with a card it bills the first period", "pm_card_visa", "create_invoice", "active"],
    ["without one it ends if told so", null, "cancel", "canceled"],
    ["without one it pauses if told so", null, "pause", "paused"],
    ["without one it bills all the same, and the bill fails", null, "create_invoice", "past_due"],
  ] as const)("ends a trial: %s", async (_, card, rule, status) => {
    const { stripe, sandbox } = await frozen();
    const price = await recurringPrice(stripe, 2900);
    const customer = card ? await payer(stripe, card) : await stripe.customers.create({});
    const { id, trial_end } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      trial_period_days: 14,
      trial_settings: { end_behavior: { missing_payment_method: rule } },
    });
    sandbox.advance(new Date(Date.UTC(2026, 1, 15)));
    expect((await stripe.subscriptions.retrieve(id)).status).toBe(status);
    const notice = sandbox.events().find((event) => event.type === "customer.subscription.trial_will_end");
    expect(notice?.created).toBe((trial_end ?? 0) - 3 * 86_400);
  });

  it("carries out a scheduled end at its second, and renews nothing then", async () => {
    const { stripe, sandbox } = await frozen();
    const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 2900)];
    const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
    await stripe.subscriptions.update(id, { cancel_at_period_end: true });
    sandbox.advance(new Date(Date.UTC(2026, 3, 1)));
    const ended = await stripe.subscriptions.retrieve(id);
    expect([ended.status, iso(ended.ended_at)]).toEqual(["canceled", "2026-02-28"]);
    expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(1);
  });

  it("gives up a subscription whose first payment does not come within 23 hours", async () => {
    const { stripe, sandbox } = await frozen();
    const [customer, price] = [await stripe.customers.create({}), await recurringPrice(stripe, 2900)];
    const { id } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      payment_behavior: "default_incomplete",
    });
    sandbox.advance(new Date(Date.UTC(2026, 0, 31, 12) + 22 * 3_600_000));
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("incomplete");
    sandbox.advance(new Date(Date.UTC(2026, 0, 31, 12) + day));
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("incomplete_expired");
    expect((await stripe.invoices.list({ subscription: id })).data[0]?.status).toBe("void");
  });

  it("stamps the Date header with the clock that stamps events, and only moves forward", async () => {
    const { stripe, sandbox } = await frozen();
    sandbox.advance(new Date(Date.UTC(2027, 5, 1)));
    const customer = await stripe.customers.create({});
    const headers = customer.lastResponse.headers;
    expect(new Date(headers.date ?? "").getTime() / 1000).toBe(customer.created);
    expect(sandbox.events().at(-1)?.created).toBe(customer.created);
    expect(() => sandbox.advance(new Date(Date.UTC(2026, 5, 1)))).toThrow(RangeError);
  });

  it("gives the same world for the same seed and the same calls", async () => {
    const play = async (): Promise<string> => {
      const { stripe, sandbox } = await connect({
        seed: "one",
        clock: () => new Date(Date.UTC(2026, 0, 31)),
      });
      const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 2900)];
      await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
      sandbox.advance(new Date(Date.UTC(2026, 6, 1)));
      const told = JSON.stringify(sandbox.events().map((event) => ({ ...event, request: null })));
      // Each run listens on a port of its own, which is in the addresses of hosted invoices.
      return told.replaceAll(sandbox.url, "");
    };
    expect(await play()).toBe(await play());
  });
});
