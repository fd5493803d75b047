import { expect, it } from "vitest";
import { at, openStage, refused } from "./open-stage.js";

it("refused requests change nothing, however late in them the fault is", async () => {
  const { sandbox, stripe, customer, price } = await openStage();
  const sub = await stripe.subscriptions.create({ customer, items: [{ price: await price(3100) }] });
  const item = sub.items.data[0]?.id as string;
  const [product] = (await stripe.products.list()).data;
  const price_data = {
    currency: "usd",
    unit_amount: 500,
    product: product?.id as string,
    recurring: { interval: "month" as const },
  };
  const look = async () =>
    JSON.stringify([
      sandbox.events(),
      await stripe.subscriptions.list(),
      await stripe.subscriptionSchedules.list(),
      await stripe.invoices.list(),
      await stripe.invoiceItems.list(),
      await stripe.prices.list(),
      await stripe.customers.list(),
    ]);
  const before = await look();
  const two = { id: item, quantity: 2 };
  const nope = [{ coupon: "nope" }];
  const update = (fields: Parameters<typeof stripe.subscriptions.update>[1]) =>
    stripe.subscriptions.update(sub.id, fields);
  const requests: [string, () => Promise<unknown>][] = [
    ["resource_missing", () => update({ items: [{ price_data }, { price: "price_nope" }] })],
    ["resource_missing", () => update({ items: [{ price_data }], discounts: nope })],
    ["resource_missing", () => update({ items: [two], add_invoice_items: [{ price: "price_nope" }] })],
    ["resource_missing", () => update({ items: [{ ...two, discounts: nope }] })],
    ["parameter_invalid_integer", () => update({ items: [{ ...two, quantity: -1 }] })],
    ["Cannot specify", () => update({ items: [two], proration_date: at("2028-01-01") })],
    ["The parameter `trial_end` expects", () => update({ trial_end: at("2026-01-01") })],
    ["The `cancel_at` date", () => update({ cancel_at: at("2026-01-01") })],
    [
      "resource_missing",
      () => stripe.subscriptions.create({ customer, items: [{ price_data, discounts: nope }] }),
    ],
    [
      "Invalid subscription_item id: si_nope",
      () =>
        stripe.invoices.createPreview({
          subscription: sub.id,
          subscription_details: { items: [{ id: "si_nope" }] },
        }),
    ],
    [
      "resource_missing",
      () =>
        stripe.subscriptionSchedules.create({
          customer,
          start_date: "now",
          phases: [{ items: [{ price_data }], discounts: nope }],
        }),
    ],
  ];
  for (const [why, ask] of requests) {
    expect(await refused(ask())).toContain(why);
    expect(await look()).toBe(before);
  }
});
