import { describe, expect, it } from "vitest";
import { connect, payer, recurringPrice } from "../../../test/connect.js";
import type { SettingsChoice } from "../world/settings.js";

const day = 86_400;
const start = Date.UTC(2026, 0, 15, 12) / 1000;
const renewal = Date.UTC(2026, 1, 15, 12) / 1000;
const date = (seconds: number): Date => new Date(seconds * 1000);

const frozen = async (settings: SettingsChoice = {}) => {
  const connected = await connect({ settings, clock: () => date(start) });
  const told = (type: string) => connected.sandbox.events().filter((event) => event.type === type);
  return { ...connected, told };
};

describe("invoice.upcoming", () => {
  it("comes seven days before a renewal, with the invoice that the renewal will make, without an id", async () => {
    const { stripe, sandbox, told } = await frozen();
    const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 2900)];
    const { id } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id, quantity: 2 }],
    });
    sandbox.advance(date(renewal - 7 * day - 1));
    expect(told("invoice.upcoming")).toEqual([]);
    sandbox.advance(date(renewal - 7 * day));
    const [event] = told("invoice.upcoming");
    expect(event?.created).toBe(renewal - 7 * day);
    const { object } = event?.data ?? { object: {} };
    expect(object).not.toHaveProperty("id");
    expect(object).toMatchObject({
      object: "invoice",
      amount_due: 5800,
      billing_reason: "upcoming",
      created: renewal,
      status: "draft",
      number: null,
      parent: { subscription_details: { subscription: id } },
      lines: { data: [{ amount: 5800, invoice: null, period: { start: renewal } }] },
    });
    sandbox.advance(date(renewal + day));
    expect((await stripe.invoices.list({ subscription: id })).data[0]?.amount_due).toBe(5800);
    expect(told("invoice.upcoming")).toHaveLength(1);
  });

  it("changes nothing: the subscription, its customer and its invoices stay as they are", async () => {
    const { stripe, sandbox } = await frozen();
    const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 2900)];
    const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
    const look = async () => [
      await stripe.subscriptions.retrieve(id),
      (await stripe.invoices.list()).data,
      await stripe.customers.retrieve(customer.id),
    ];
    const before = JSON.stringify(await look());
    sandbox.advance(date(renewal - 7 * day));
    expect(JSON.stringify(await look())).toBe(before);
    expect(sandbox.events().filter(({ type }) => type === "invoice.created")).toHaveLength(1);
  });

  it.each([
    ["the settings say none", { upcomingDays: 0 }, {}],
    ["the lead is as long as the period", { upcomingDays: 31 }, {}],
    ["the subscription ends first", {}, { cancel_at_period_end: true }],
    ["invoices are sent and not charged", {}, { collection_method: "send_invoice", days_until_due: 5 }],
  ] as const)("does not come if %s", async (_, settings, fields) => {
    const { stripe, sandbox, told } = await frozen(settings);
    const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 2900)];
    await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }], ...fields });
    sandbox.advance(date(renewal));
    expect(told("invoice.upcoming")).toEqual([]);
  });

  it("comes before the end of a trial too", async () => {
    const { stripe, sandbox, told } = await frozen();
    const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 2900)];
    await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      trial_period_days: 14,
    });
    sandbox.advance(date(start + 14 * day));
    const [event] = told("invoice.upcoming");
    expect([event?.created, event?.data.object.amount_due]).toEqual([start + 7 * day, 2900]);
  });
});

describe("an invoice that is sent", () => {
  const sent = async (settings: SettingsChoice = {}) => {
    const connected = await frozen(settings);
    const { stripe } = connected;
    const [customer, price] = [await stripe.customers.create({}), await recurringPrice(stripe, 2900)];
    const { id } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      collection_method: "send_invoice",
      days_until_due: 10,
      trial_period_days: 5,
    });
    return { ...connected, subscription: () => stripe.subscriptions.retrieve(id) };
  };
  const billed = start + 5 * day;

  it("is announced before it is due and when it is overdue, and makes its subscription past due", async () => {
    const { sandbox, told, subscription } = await sent();
    sandbox.advance(date(billed + 3600));
    expect(told("invoice.sent")).not.toEqual([]);
    expect((await subscription()).status).toBe("active");
    sandbox.advance(date(billed + 11 * day));
    const times = (type: string) => told(type).map(({ created, data }) => [created, data.object.due_date]);
    const due = Number(told("invoice.sent").at(-1)?.data.object.due_date);
    expect(due - billed).toBeGreaterThanOrEqual(10 * day);
    expect(times("invoice.will_be_due")).toEqual([[due - 3 * day, due]]);
    expect(times("invoice.overdue")).toEqual([[due, due]]);
    expect((await subscription()).status).toBe("past_due");
  });

  it("is not announced if the settings say so", async () => {
    const { sandbox, told } = await sent({ dueReminders: { daysBefore: null, daysAfter: null } });
    sandbox.advance(date(billed + 20 * day));
    expect([told("invoice.will_be_due"), told("invoice.overdue")]).toEqual([[], []]);
  });

  it("that is paid in time is never overdue", async () => {
    const { stripe, sandbox, told, subscription } = await sent();
    sandbox.advance(date(billed + day));
    const [invoice] = (await stripe.invoices.list({ status: "open" })).data;
    await stripe.invoices.pay(invoice?.id ?? "", { paid_out_of_band: true });
    sandbox.advance(date(billed + 20 * day));
    expect(told("invoice.overdue")).toEqual([]);
    expect((await subscription()).status).toBe("active");
  });
});

describe("a card", () => {
  const expiring = async (settings: SettingsChoice = {}) => {
    const connected = await frozen({ rawCardData: true, ...settings });
    const { stripe } = connected;
    const price = await recurringPrice(stripe, 2900);
    const card = await stripe.paymentMethods.create({
      type: "card",
      card: { number: "4242424242424242", exp_month: 1, exp_year: 2026, cvc: "123" },
    });
    const customer = await stripe.customers.create({ payment_method: card.id });
    const { id } = await stripe.subscriptions.create({
      customer: customer.id,
      default_payment_method: card.id,
      items: [{ price: price.id }],
    });
    return { ...connected, card, subscription: () => stripe.subscriptions.retrieve(id) };
  };

  it("pays in its last month, and fails with expired_card after it", async () => {
    const { sandbox, told, subscription } = await expiring();
    expect((await subscription()).status).toBe("active");
    sandbox.advance(date(renewal + day));
    expect((await subscription()).status).toBe("past_due");
    expect(told("charge.failed")[0]?.data.object.failure_code).toBe("expired_card");
  });

  it("keeps paying if the settings say that issuers send new dates", async () => {
    const { stripe, sandbox, told, card, subscription } = await expiring({ updatesCards: true });
    sandbox.advance(date(renewal + day));
    expect((await subscription()).status).toBe("active");
    const [event] = told("payment_method.automatically_updated");
    expect(event?.data.previous_attributes).toEqual({ card: { exp_year: 2026 } });
    expect((await stripe.paymentMethods.retrieve(card.id)).card?.exp_year).toBe(2030);
  });
});
