import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { connect, refusal } from "../../../test/connect.js";

const monthly = { interval: "month" } as const;
type Refused = Partial<Stripe.PriceCreateParams>;

describe("prices", () => {
  it.each<[string, Refused, string | undefined, string | undefined, RegExp]>([
    [
      "an unknown currency",
      { currency: "xyz" },
      undefined,
      "currency",
      /^Invalid currency: xyz\. Stripe currently supports these currencies: usd, aed/,
    ],
    ["no amount", {}, undefined, undefined, /^Prices require an `unit_amount` or/],
    [
      "two amounts",
      { unit_amount: 1, unit_amount_decimal: Stripe.Decimal.from("1") },
      undefined,
      "unit_amount",
      /only specify one/,
    ],
    ["too large an amount", { unit_amount: 100_000_000 }, "amount_too_large", "unit_amount", /\$999,999\.99/],
    [
      "four years",
      { unit_amount: 1, recurring: { interval: "year", interval_count: 4 } },
      undefined,
      "recurring[interval_count]",
      /three years/,
    ],
    [
      "metering without a meter",
      { unit_amount: 1, recurring: { ...monthly, usage_type: "metered" } },
      undefined,
      undefined,
      /must be backed by meters/,
    ],
    [
      "a meter that is not there",
      { unit_amount: 1, recurring: { ...monthly, usage_type: "metered", meter: "mtr_1" } },
      "resource_missing",
      "recurring[meter]",
      /mtr_1/,
    ],
    [
      "tiers paid once",
      { billing_scheme: "tiered", tiers_mode: "volume", tiers: [{ up_to: "inf", unit_amount: 1 }] },
      undefined,
      "interval",
      /not supported with tiered billing/,
    ],
    [
      "tiers that end",
      {
        billing_scheme: "tiered",
        tiers_mode: "volume",
        recurring: monthly,
        tiers: [{ up_to: 5, unit_amount: 1 }],
      },
      undefined,
      "tiers[0][up_to]",
      /inf/,
    ],
    [
      "tiers that fall",
      {
        billing_scheme: "tiered",
        tiers_mode: "volume",
        recurring: monthly,
        tiers: [
          { up_to: 5, unit_amount: 1 },
          { up_to: 5, unit_amount: 1 },
          { up_to: "inf", unit_amount: 1 },
        ],
      },
      undefined,
      "tiers[1][up_to]",
      /ascending/,
    ],
    [
      "its own currency as another one",
      { unit_amount: 1, currency_options: { usd: { unit_amount: 2 } } },
      undefined,
      "currency_options[usd]",
      /own/,
    ],
    [
      "a capital key",
      { unit_amount: 1, currency_options: { EUR: { unit_amount: 2 } } },
      undefined,
      "currency_options",
      /Use `eur` instead of `EUR`/,
    ],
  ])("refuses %s, and leaves nothing behind", async (_, fields, code, param, message) => {
    const { stripe } = await connect();
    const create = stripe.prices.create({ currency: "usd", product_data: { name: "Pro" }, ...fields });
    const error = await refusal(create);
    expect({ code: error.code, param: error.param, status: error.statusCode }).toEqual({
      code,
      param,
      status: 400,
    });
    expect(error.message).toMatch(message);
    const { data } = await stripe.products.list();
    expect(data).toEqual([]);
    expect((await stripe.events.list()).data).toEqual([]);
  });

  it("shows tiers and currencies only to whoever expands them", async () => {
    const { stripe } = await connect();
    const created = await stripe.prices.create({
      currency: "usd",
      product_data: { name: "Seats" },
      billing_scheme: "tiered",
      tiers_mode: "graduated",
      recurring: monthly,
      tiers: [
        { up_to: 10, unit_amount: 500 },
        { up_to: "inf", unit_amount_decimal: Stripe.Decimal.from("12.50") },
      ],
      currency_options: { eur: { tiers: [{ up_to: "inf", unit_amount: 450 }], tax_behavior: "inclusive" } },
    });
    expect(created).not.toHaveProperty("tiers");
    expect(created).not.toHaveProperty("currency_options");
    const shown = await stripe.prices.retrieve(created.id, { expand: ["tiers", "currency_options"] });
    expect(
      shown.tiers?.map((tier) => [tier.up_to, tier.unit_amount, tier.unit_amount_decimal?.toString()]),
    ).toEqual([
      [10, 500, "500"],
      [null, null, "12.5"],
    ]);
    expect(Object.keys(shown.currency_options ?? {})).toEqual(["eur", "usd"]);
    expect(shown.currency_options?.eur?.tax_behavior).toBe("inclusive");
    // Each currency's by its own name, as whoever reads them does: "data.currency_options.eur.tiers".
    expect(shown.currency_options?.eur).not.toHaveProperty("tiers");
    expect(shown.currency_options?.usd).not.toHaveProperty("tiers");
    const { data } = await stripe.prices.list({ expand: ["data.tiers", "data.currency_options.eur.tiers"] });
    expect(data[0]?.tiers).toHaveLength(2);
    expect(data[0]?.currency_options?.eur?.tiers?.map((tier) => tier.unit_amount)).toEqual([450]);
    expect(data[0]?.currency_options?.usd).not.toHaveProperty("tiers");
    const expandOf = (path: string) => stripe.prices.retrieve(created.id, { expand: [path] });
    await expect(expandOf("currency_options.eur.unit_amount")).rejects.toThrow("cannot be expanded");
    await expect(expandOf("currency_options.tiers")).rejects.toThrow("cannot be expanded");
  });

  it("announces a recurring price as a plan and as a price, and a lookup key that moves", async () => {
    const { stripe } = await connect();
    const fields = { currency: "usd", unit_amount: 900, recurring: monthly, lookup_key: "pro" } as const;
    const first = await stripe.prices.create({ ...fields, product_data: { name: "Pro" } });
    const taken = await refusal(stripe.prices.create({ ...fields, product: first.product as string }));
    expect([taken.message, taken.param]).toEqual([
      `A price (\`${first.id}\`) already uses that lookup key.`,
      "lookup_key",
    ]);
    await stripe.prices.create({ ...fields, product: first.product as string, transfer_lookup_key: true });
    expect((await stripe.prices.list({ lookup_keys: ["pro"] })).data).toHaveLength(1);
    const { data } = await stripe.events.list();
    expect(data.reverse().map((event) => event.type)).toEqual([
      "product.created",
      "plan.created",
      "price.created",
      "price.updated",
      "plan.created",
      "price.created",
    ]);
  });

  it("keeps a tax behavior that was set, and a product's default price active", async () => {
    const { stripe } = await connect();
    const product = await stripe.products.create({
      name: "Pro",
      default_price_data: { currency: "usd", unit_amount: 500, tax_behavior: "exclusive" },
    });
    const id = product.default_price as string;
    expect((await refusal(stripe.prices.update(id, { tax_behavior: "inclusive" }))).param).toBe(
      "tax_behavior",
    );
    expect((await refusal(stripe.prices.update(id, { active: false }))).message).toMatch(
      /default price of its product/,
    );
    const next = await stripe.prices.create({ currency: "usd", unit_amount: 700, product: product.id });
    await stripe.products.update(product.id, { default_price: next.id });
    expect((await stripe.prices.update(id, { active: false, nickname: "old" })).active).toBe(false);
    expect((await refusal(stripe.products.del(product.id))).message).toMatch(/cannot be deleted/);
  });
});
