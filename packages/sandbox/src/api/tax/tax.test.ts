import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { connect, payer, recurringPrice, refusal } from "../../../test/connect.js";

const options = { clock: () => new Date(Date.UTC(2026, 0, 15)) };

const berlin = { line1: "Unter den Linden 1", city: "Berlin", postal_code: "10117", country: "DE" };

const subscribe = async (
  stripe: Stripe,
  customer: Stripe.Customer,
  fields: Partial<Stripe.SubscriptionCreateParams>,
): Promise<Stripe.Invoice> => {
  const price = await recurringPrice(stripe, 2000);
  const { latest_invoice } = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    ...fields,
    expand: ["latest_invoice"],
  });
  return latest_invoice as Stripe.Invoice;
};

describe("tax rates", () => {
  it("are created, changed and listed, with their events; a percentage stays", async () => {
    const { sandbox, stripe } = await connect(options);
    const rate = await stripe.taxRates.create({
      display_name: "USt",
      inclusive: true,
      percentage: 19,
      country: "de",
      tax_type: "vat",
    });
    expect(rate).toMatchObject({
      country: "DE",
      effective_percentage: 19,
      rate_type: "percentage",
      active: true,
    });
    await stripe.taxRates.update(rate.id, { active: false });
    expect((await stripe.taxRates.list({ active: true })).data).toEqual([]);
    expect((await stripe.taxRates.list({ inclusive: true })).data).toHaveLength(1);
    expect(sandbox.events().map(({ type }) => type)).toEqual(["tax_rate.created", "tax_rate.updated"]);
    const error = await refusal(
      stripe.taxRates.create({ display_name: "X", inclusive: false, percentage: 101 }),
    );
    expect(error.param).toBe("percentage");
  });

  it("of a subscription are on its invoice, line by line", async () => {
    const { stripe } = await connect(options);
    const rate = await stripe.taxRates.create({ display_name: "VAT", inclusive: false, percentage: 19 });
    const invoice = await subscribe(stripe, await payer(stripe), { default_tax_rates: [rate.id] });
    expect(invoice).toMatchObject({
      subtotal: 2000,
      total_excluding_tax: 2000,
      total: 2380,
      amount_paid: 2380,
    });
    expect(invoice.lines.data[0]?.taxes).toEqual([
      {
        amount: 380,
        tax_behavior: "exclusive",
        tax_rate_details: { tax_rate: rate.id },
        taxability_reason: "not_available",
        taxable_amount: 2000,
        type: "tax_rate_details",
      },
    ]);
    expect(invoice.total_taxes).toMatchObject([{ amount: 380, taxable_amount: 2000 }]);
  });
});

describe("automatic tax", () => {
  it("takes the account's fixed rate where the customer lives", async () => {
    const { stripe } = await connect(options);
    const customer = await payer(stripe);
    await stripe.customers.update(customer.id, { address: berlin });
    const invoice = await subscribe(stripe, customer, { automatic_tax: { enabled: true } });
    expect(invoice).toMatchObject({ total: 2400, automatic_tax: { enabled: true, status: "complete" } });
    const rate = invoice.total_taxes?.[0]?.tax_rate_details?.tax_rate ?? "";
    expect(await stripe.taxRates.retrieve(rate)).toMatchObject({ display_name: "VAT", country: "DE" });
    expect((await stripe.taxRates.list()).data).toEqual([]);
  });

  it("is refused for a new subscription whose customer has no address", async () => {
    const { sandbox, stripe } = await connect(options);
    const customer = await payer(stripe);
    const before = sandbox.events().length;
    const error = await refusal(subscribe(stripe, customer, { automatic_tax: { enabled: true } }));
    expect(error).toMatchObject({ statusCode: 400, code: "customer_tax_location_invalid" });
    const made = sandbox.events().slice(before);
    expect(made.map(({ type }) => type)).not.toContain("customer.subscription.created");
  });

  it("reverses the charge for businesses abroad", async () => {
    const { stripe } = await connect(options);
    const customer = await payer(stripe);
    await stripe.customers.update(customer.id, { address: berlin, tax_exempt: "reverse" });
    const invoice = await subscribe(stripe, customer, { automatic_tax: { enabled: true } });
    expect(invoice.total).toBe(2000);
    expect(invoice.total_taxes).toMatchObject([{ amount: 0, taxability_reason: "reverse_charge" }]);
  });
});

describe("tax ids", () => {
  it.each([
    ["eu_vat" as const, "DE123456789", "DE", "verified"],
    ["eu_vat" as const, "EL123456789", "GR", "verified"],
    ["eu_vat" as const, "DE111111111", "DE", "unverified"],
    ["gb_vat" as const, "GB222222222", "GB", "pending"],
    ["us_ein" as const, "12-3456789", "US", "unavailable"],
  ])("of type %s: %s belongs to %s and is %s", async (type, value, country, status) => {
    const { stripe } = await connect(options);
    const customer = await stripe.customers.create();
    const taxId = await stripe.customers.createTaxId(customer.id, { type, value });
    expect(taxId).toMatchObject({ country, customer: customer.id, verification: { status } });
  });

  it.each([
    ["eu_vat" as const, "DE12"],
    ["eu_vat" as const, "US123456789"],
    ["gb_vat" as const, "123"],
  ])("of type %s refuse %s", async (type, value) => {
    const { stripe } = await connect(options);
    const customer = await stripe.customers.create();
    const error = await refusal(stripe.customers.createTaxId(customer.id, { type, value }));
    expect(error).toMatchObject({ statusCode: 400, code: "tax_id_invalid", param: "value" });
  });

  it("come with a new customer, show on their invoices, and go", async () => {
    const { sandbox, stripe } = await connect(options);
    const customer = await stripe.customers.create({
      tax_id_data: [{ type: "eu_vat", value: "FR12345678901" }],
      expand: ["tax_ids"],
    });
    const [taxId] = customer.tax_ids?.data ?? [];
    expect(taxId).toMatchObject({ country: "FR", value: "FR12345678901" });
    await stripe.invoiceItems.create({ customer: customer.id, amount: 100, currency: "usd" });
    const invoice = await stripe.invoices.create({ customer: customer.id });
    expect(invoice.customer_tax_ids).toEqual([{ type: "eu_vat", value: "FR12345678901" }]);
    await stripe.customers.deleteTaxId(customer.id, taxId?.id ?? "");
    expect((await stripe.customers.listTaxIds(customer.id)).data).toEqual([]);
    const types = sandbox.events().map(({ type }) => type);
    expect(types.filter((type) => type.includes("tax_id"))).toEqual([
      "customer.tax_id.created",
      "customer.tax_id.updated",
      "customer.tax_id.deleted",
    ]);
  });

  it("of the account itself are kept apart", async () => {
    const { stripe } = await connect(options);
    const customer = await stripe.customers.create();
    const owner = { type: "customer" as const, customer: customer.id };
    const own = await stripe.taxIds.create({ type: "gb_vat", value: "GB123456789" });
    const theirs = await stripe.taxIds.create({ type: "gb_vat", value: "GB123456780", owner });
    expect((await stripe.taxIds.list()).data.map(({ id }) => id)).toEqual([own.id]);
    expect((await stripe.taxIds.list({ owner })).data.map(({ id }) => id)).toEqual([theirs.id]);
    expect(await stripe.taxIds.del(own.id)).toEqual({ id: own.id, object: "tax_id", deleted: true });
  });
});
