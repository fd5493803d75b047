import { describe, expect, it } from "vitest";
import { inProcess } from "../../../test/in-process.js";
import { apiVersion } from "../../rooms/api-version.js";

// Usage records as versions before basil have them: the declarations of stripe 14 and 17 (UsageRecords.d.ts,
// UsageRecordSummaries.d.ts, Prices.d.ts: `aggregate_usage`), and
// https://docs.stripe.com/changelog/basil/2025-03-31/deprecate-legacy-usage-based-billing

const acacia = "2024-06-20";
const july = (day: number) => Date.UTC(2027, 6, day) / 1000;

type Answer = Record<string, unknown> & {
  id: string;
  data: Array<Record<string, unknown>>;
  error?: { message: string; param?: string };
};

/** A customer with a card, and requests of an earlier version. */
const open = async () => {
  const { sandbox, stripe } = inProcess({ clock: () => new Date(july(1) * 1000) });
  const { id: customer } = await stripe.customers.create({ email: "ada@example.com" });
  const card = await stripe.paymentMethods.attach("pm_card_visa", { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id } });
  const send = async (
    method: string,
    path: string,
    fields: Record<string, string> = {},
    version = acacia,
  ) => {
    const answer = await sandbox.fetch(
      new Request(`http://sandbox.test/v1/${path}`, {
        method,
        headers: { authorization: `Bearer ${sandbox.secretKey}`, "stripe-version": version },
        ...(method === "GET" ? {} : { body: new URLSearchParams(fields) }),
      }),
    );
    return { status: answer.status, body: (await answer.json()) as Answer };
  };
  const price = async (aggregate?: string) =>
    (
      await send("POST", "prices", {
        currency: "usd",
        unit_amount: "10",
        "product_data[name]": "Calls",
        "recurring[interval]": "month",
        "recurring[usage_type]": "metered",
        ...(aggregate ? { "recurring[aggregate_usage]": aggregate } : {}),
      })
    ).body;
  const subscribe = async (aggregate?: string) => {
    const { id } = await price(aggregate);
    const made = await stripe.subscriptions.create({ customer, items: [{ price: id }] });
    return { subscription: made.id, item: made.items.data[0]?.id ?? "" };
  };
  const report = (item: string, fields: Record<string, string>) =>
    send("POST", `subscription_items/${item}/usage_records`, fields);
  return { sandbox, stripe, customer, send, price, subscribe, report };
};

describe("usage records of versions before basil", () => {
  it("a metered price without a meter sums up its usage unless it says otherwise", async () => {
    const { price } = await open();
    const recurring = { meter: null, usage_type: "metered" };
    expect(await price()).toMatchObject({ recurring: { ...recurring, aggregate_usage: "sum" } });
    expect(await price("max")).toMatchObject({ recurring: { ...recurring, aggregate_usage: "max" } });
  });

  it("a price of the present needs its meter, and has no records", async () => {
    const { send, subscribe, stripe } = await open();
    const { item } = await subscribe();
    const fields = {
      currency: "usd",
      unit_amount: "10",
      "product_data[name]": "Calls",
      "recurring[interval]": "month",
      "recurring[usage_type]": "metered",
    };
    expect((await send("POST", "prices", fields, apiVersion)).body.error?.message).toBe(
      "Starting with Stripe version `2025-03-31.basil`, metered prices must be backed by meters.",
    );
    const path = `subscription_items/${item}/usage_records`;
    expect((await send("POST", path, { quantity: "1" }, apiVersion)).status).toBe(404);
    const licensed = await stripe.prices.create({
      currency: "usd",
      unit_amount: 500,
      recurring: { interval: "month" },
      product_data: { name: "Seat" },
    });
    const { data } = (await stripe.subscriptions.list()).data[0]?.items ?? { data: [] };
    expect(data).toHaveLength(1);
    const seat = await stripe.subscriptionItems.create({
      subscription: data[0]?.subscription ?? "",
      price: licensed.id,
    });
    expect(
      (await send("POST", `subscription_items/${seat.id}/usage_records`, { quantity: "1" })).body.error
        ?.param,
    ).toBe("subscription_item");
  });

  it("are added up at a time, or overwrite what it has", async () => {
    const { send, subscribe, report } = await open();
    const { item } = await subscribe();
    const timestamp = String(july(1) + 60);
    expect((await report(item, { quantity: "5", timestamp })).body).toMatchObject({
      object: "usage_record",
      livemode: false,
      quantity: 5,
      subscription_item: item,
      timestamp: july(1) + 60,
    });
    await report(item, { quantity: "3", timestamp, action: "increment" });
    await report(item, { quantity: "7", timestamp: "now" });
    await report(item, { quantity: "2", action: "set" });
    const { body } = await send("GET", `subscription_items/${item}/usage_record_summaries`);
    expect(body.data).toMatchObject([{ invoice: null, total_usage: 5 + 3 + 2 }]);
  });

  it("are refused outside of the period", async () => {
    const { subscribe, report } = await open();
    const { item } = await subscribe();
    for (const timestamp of [july(1) - 1, july(32)])
      expect((await report(item, { quantity: "1", timestamp: String(timestamp) })).body.error?.param).toBe(
        "timestamp",
      );
    expect((await report(item, {})).body.error?.param).toBe("quantity");
    expect((await report("si_x", { quantity: "1" })).status).toBe(404);
  });

  it.each([
    ["sum", 12],
    ["max", 6],
    ["last_during_period", 4],
    ["last_ever", 4],
  ])("are billed with the renewal by their %s, and summed up per period", async (aggregate, total) => {
    const { sandbox, stripe, customer, send, subscribe, report } = await open();
    const { item } = await subscribe(aggregate);
    for (const [index, quantity] of ["2", "6", "4"].entries())
      await report(item, { quantity, timestamp: String(july(2 + index)) });
    sandbox.advance(new Date(Date.UTC(2027, 7, 1, 2)));
    const [invoice] = (await stripe.invoices.list({ customer })).data;
    expect(invoice).toMatchObject({
      billing_reason: "subscription_cycle",
      total: total * 10,
      status: "paid",
    });
    const { body } = await send("GET", `subscription_items/${item}/usage_record_summaries`);
    expect(body.data).toMatchObject([
      { object: "usage_record_summary", invoice: null, total_usage: aggregate === "last_ever" ? 4 : 0 },
      {
        invoice: invoice?.id,
        total_usage: total,
        period: { start: july(1), end: july(32) },
        subscription_item: item,
      },
    ]);
  });
});
