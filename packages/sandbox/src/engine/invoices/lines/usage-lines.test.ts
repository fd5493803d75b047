import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { type Connected, connect, payer } from "../../../../test/connect.js";

type Line = [amount: number, quantity: number | null, description: string | null];
type Rate = Partial<Stripe.PriceCreateParams>;

const linesOf = async (stripe: Stripe, invoice: string): Promise<Line[]> =>
  (await stripe.invoices.retrieve(invoice)).lines.data.map(({ amount, quantity, description }) => [
    amount,
    quantity,
    description,
  ]);

const latest = async (stripe: Stripe, id: string): Promise<string> =>
  (await stripe.subscriptions.retrieve(id)).latest_invoice as string;

/** A subscription to a metered price, begun on 10 March 2026. */
const metered = async (rate: Rate): Promise<Connected & { customer: string; subscription: string }> => {
  const connected = await connect({ clock: () => new Date("2026-03-10T12:00:00Z") });
  const { stripe } = connected;
  const { id: customer } = await payer(stripe);
  const meter = await stripe.billing.meters.create({
    display_name: "Messages",
    event_name: "message",
    default_aggregation: { formula: "sum" },
  });
  const product = await stripe.products.create({ name: "Messages", unit_label: "message" });
  const price = await stripe.prices.create({
    currency: "usd",
    product: product.id,
    recurring: { interval: "month", usage_type: "metered", meter: meter.id },
    ...rate,
  });
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
  return { ...connected, customer, subscription: id };
};

const use = (stripe: Stripe, customer: string, value: string) =>
  stripe.billing.meterEvents.create({
    event_name: "message",
    payload: { stripe_customer_id: customer, value },
  });

const tiered: Rate = {
  billing_scheme: "tiered",
  tiers_mode: "graduated",
  tiers: [
    { up_to: 100, unit_amount: 0, flat_amount: 900 },
    { up_to: "inf", unit_amount: 4 },
  ],
};

describe("metered prices", () => {
  it.each<[string, Rate, string[], Line[]]>([
    [
      "what was used",
      { unit_amount: 3 },
      ["40", "2"],
      [[126, 42, "42 message × Messages (at $0.03 / month)"]],
    ],
    ["nothing that was used", { unit_amount: 3 }, [], [[0, 0, "0 message × Messages (at $0.03 / month)"]]],
    [
      "each tier that was reached",
      tiered,
      ["131"],
      [
        [0, 100, "100 message × Messages (Tier 1 at $0.00 / month)"],
        [900, 0, "Messages (Tier 1 at $9.00 / month)"],
        [124, 31, "31 message × Messages (Tier 2 at $0.04 / month)"],
      ],
    ],
    [
      "packages that were begun",
      { unit_amount: 8, transform_quantity: { divide_by: 60, round: "up" } },
      ["61"],
      [[16, 61, "61 message × Messages (at $0.08 per 60 units / month)"]],
    ],
  ])("bill %s once the period is over, and nothing before", async (_, rate, values, lines) => {
    const { stripe, sandbox, customer, subscription } = await metered(rate);
    expect(await linesOf(stripe, await latest(stripe, subscription))).toEqual([]);
    for (const value of values) await use(stripe, customer, value);
    sandbox.advance(new Date("2026-04-10T14:00:00Z"));
    const invoice = await latest(stripe, subscription);
    expect(await linesOf(stripe, invoice)).toEqual(lines);
    const { period } = (await stripe.invoices.retrieve(invoice)).lines.data[0] ?? {};
    expect(period).toEqual({
      start: Date.UTC(2026, 2, 10, 12) / 1000,
      end: Date.UTC(2026, 3, 10, 12) / 1000,
    });
  });

  it("bill the usage so far when a subscription is cancelled with an invoice", async () => {
    const { stripe, sandbox, customer, subscription } = await metered({ unit_amount: 300 });
    await use(stripe, customer, "5");
    sandbox.advance(new Date("2026-03-12T12:00:00Z"));
    await stripe.subscriptions.cancel(subscription, { invoice_now: true });
    const draft = await stripe.invoices.retrieve(await latest(stripe, subscription));
    expect([draft.status, draft.billing_reason, draft.auto_advance]).toEqual([
      "draft",
      "subscription_cycle",
      true,
    ]);
    sandbox.advance(new Date("2026-03-12T13:00:00Z"));
    const invoice = await stripe.invoices.retrieve(draft.id as string);
    expect([invoice.status, invoice.amount_paid]).toEqual(["paid", 1500]);
    expect(invoice.lines.data[0]?.period.end).toBe(Date.UTC(2026, 2, 12, 12) / 1000);
  });
});

describe("usage that is reported while the invoice of its period is a draft", () => {
  it("is billed when the invoice is finalized, in each tier, and what belongs to the next period is not", async () => {
    const { stripe, sandbox, customer, subscription } = await metered(tiered);
    const report = (value: string, at: string) =>
      stripe.billing.meterEvents.create({
        event_name: "message",
        payload: { stripe_customer_id: customer, value },
        timestamp: Date.parse(at) / 1000,
      });
    await use(stripe, customer, "90");
    sandbox.advance(new Date("2026-04-10T12:30:00Z"));
    await report("41", "2026-04-10T11:59:59Z");
    await report("7", "2026-04-10T12:00:00Z");
    const draft = await stripe.invoices.retrieve(await latest(stripe, subscription));
    expect([draft.status, draft.total]).toEqual(["draft", 900]);
    sandbox.advance(new Date("2026-04-10T14:00:00Z"));
    const invoice = await stripe.invoices.retrieve(draft.id as string);
    expect([invoice.status, invoice.amount_paid, invoice.subtotal]).toEqual(["paid", 1024, 1024]);
    expect(await linesOf(stripe, draft.id as string)).toEqual([
      [0, 100, "100 message × Messages (Tier 1 at $0.00 / month)"],
      [900, 0, "Messages (Tier 1 at $9.00 / month)"],
      [124, 31, "31 message × Messages (Tier 2 at $0.04 / month)"],
    ]);
    expect(new Set(invoice.lines.data.map((line) => line.invoice))).toEqual(new Set([draft.id]));
  });
});

describe("tiers of licensed prices", () => {
  it("are lines of their own, from the first invoice on", async () => {
    const { stripe } = await connect();
    const { id: customer } = await payer(stripe);
    const price = await stripe.prices.create({
      currency: "usd",
      product_data: { name: "Seats" },
      recurring: { interval: "month" },
      billing_scheme: "tiered",
      tiers_mode: "graduated",
      tiers: [
        { up_to: 10, unit_amount: 500 },
        { up_to: "inf", unit_amount: 400 },
      ],
      currency_options: { eur: { tiers: [{ up_to: "inf", unit_amount: 450 }] } },
    });
    const items = [{ price: price.id, quantity: 12 }];
    const usd = await stripe.subscriptions.create({ customer, items });
    expect(await linesOf(stripe, usd.latest_invoice as string)).toEqual([
      [5000, 10, "10 × Seats (Tier 1 at $5.00 / month)"],
      [800, 2, "2 × Seats (Tier 2 at $4.00 / month)"],
    ]);
    const { id: other } = await payer(stripe);
    const eur = await stripe.subscriptions.create({ customer: other, items, currency: "eur" });
    const invoice = await stripe.invoices.retrieve(eur.latest_invoice as string);
    expect([invoice.currency, invoice.total]).toEqual(["eur", 5400]);
  });
});
