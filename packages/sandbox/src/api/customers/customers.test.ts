import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { connect, payer, refusal } from "../../../test/connect.js";

describe("a customer", () => {
  it("keeps everything that it is given, and drops what is emptied", async () => {
    const { stripe } = await connect();
    const address = { city: "Berlin", country: "DE", line1: "Weg 1", line2: "", postal_code: "10115" };
    const made = await stripe.customers.create({
      address,
      business_name: "Lovelace Ltd",
      description: "first",
      email: "ada@example.com",
      individual_name: "Ada Lovelace",
      invoice_prefix: "ADA1",
      invoice_settings: {
        custom_fields: [{ name: "PO", value: "17" }],
        footer: "Thanks",
        rendering_options: { amount_tax_display: "include_inclusive_tax" },
      },
      name: "Ada",
      next_invoice_sequence: 5,
      phone: "+49 30 1",
      preferred_locales: ["de", "en"],
      shipping: { address, name: "Ada" },
      tax_exempt: "reverse",
    });
    expect(made).toMatchObject({
      address: { ...address, line2: null, state: null },
      business_name: "Lovelace Ltd",
      individual_name: "Ada Lovelace",
      invoice_prefix: "ADA1",
      invoice_settings: {
        custom_fields: [{ name: "PO", value: "17" }],
        footer: "Thanks",
        rendering_options: { amount_tax_display: "include_inclusive_tax", template: null },
      },
      next_invoice_sequence: 5,
      preferred_locales: ["de", "en"],
      shipping: { address: { city: "Berlin" }, name: "Ada", phone: null },
      tax_exempt: "reverse",
    });
    const emptied = await stripe.customers.update(made.id, {
      address: "",
      business_name: "",
      description: "",
      invoice_settings: { custom_fields: "", footer: "", rendering_options: "" },
      phone: "",
      shipping: "",
      tax_exempt: "",
    });
    expect(emptied).toMatchObject({
      address: null,
      description: null,
      invoice_settings: { custom_fields: null, footer: null, rendering_options: null },
      name: "Ada",
      phone: null,
      shipping: null,
      tax_exempt: "none",
    });
    expect(emptied).not.toHaveProperty("business_name");
  });

  it("shows a tax location when expanded: its address, or else where goods are shipped", async () => {
    const { stripe } = await connect();
    const { id } = await stripe.customers.create({
      shipping: { address: { country: "FR" }, name: "Ada" },
      tax: { ip_address: "192.0.2.1" },
    });
    const tax = async () => (await stripe.customers.retrieve(id, { expand: ["tax"] })) as Stripe.Customer;
    expect((await tax()).tax).toEqual({
      automatic_tax: "supported",
      ip_address: "192.0.2.1",
      location: { country: "FR", source: "shipping_destination", state: null },
      provider: "stripe",
    });
    await stripe.customers.update(id, { address: { country: "US", state: "CA" }, tax: { ip_address: "" } });
    expect((await tax()).tax).toMatchObject({
      ip_address: null,
      location: { country: "US", source: "billing_address", state: "CA" },
    });
    expect(await stripe.customers.retrieve(id)).not.toHaveProperty("tax");
    const nowhere = await refusal(stripe.customers.create({ tax: { validate_location: "immediately" } }));
    expect(nowhere.code).toBe("customer_tax_location_invalid");
  });

  it("starts with a card that pays by default, in one call and without an update", async () => {
    const { stripe, sandbox } = await connect();
    const { id, invoice_settings } = await stripe.customers.create({
      payment_method: "pm_card_visa",
      invoice_settings: { default_payment_method: "pm_card_visa" },
    });
    const methods = await stripe.customers.listPaymentMethods(id);
    expect(methods.data.map((method) => method.id)).toEqual([invoice_settings.default_payment_method]);
    expect(sandbox.events().map((event) => event.type)).toEqual([
      "customer.created",
      "payment_method.attached",
    ]);
  });

  it("is not made when its card can't be, nor is the card", async () => {
    const { stripe, sandbox } = await connect();
    const declined = await refusal(stripe.customers.create({ payment_method: "pm_card_chargeDeclined" }));
    expect([declined.statusCode, declined.code]).toEqual([402, "card_declined"]);
    const other = await payer(stripe);
    const [method] = (await stripe.customers.listPaymentMethods(other.id)).data;
    const taken = sandbox.events().length;
    expect((await refusal(stripe.customers.create({ payment_method: method?.id ?? "" }))).message).toContain(
      "already been attached",
    );
    expect((await stripe.customers.list()).data).toHaveLength(1);
    expect(sandbox.events()).toHaveLength(taken);
  });

  it("lives by its test clock, and is listed with it only", async () => {
    const { stripe } = await connect();
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time: 1_900_000_000 });
    const { id, created } = await stripe.customers.create({ test_clock: clock.id });
    expect(created).toBe(1_900_000_000);
    expect((await stripe.customers.list()).data).toEqual([]);
    expect((await stripe.customers.list({ test_clock: clock.id })).data.map((row) => row.id)).toEqual([id]);
    const none = await refusal(stripe.customers.create({ test_clock: "clock_none" }));
    expect([none.code, none.param]).toEqual(["resource_missing", "test_clock"]);
    const late = await refusal(
      stripe.customers.update(id, { test_clock: clock.id } as Stripe.CustomerUpdateParams),
    );
    expect(late.code).toBe("parameter_unknown");
  });

  it.each<[string, Stripe.CustomerCreateParams, string]>([
    ["an address that is none", { email: "ada" }, "email"],
    ["a prefix with small letters", { invoice_prefix: "ada" }, "invoice_prefix"],
    ["a long name", { business_name: "x".repeat(151) }, "business_name"],
    [
      "five custom fields",
      { invoice_settings: { custom_fields: Array.from({ length: 5 }, () => ({ name: "a", value: "b" })) } },
      "invoice_settings[custom_fields]",
    ],
    [
      "another's card",
      { invoice_settings: { default_payment_method: "pm_none" } },
      "invoice_settings[default_payment_method]",
    ],
    ["a token that is none", { source: "tok_none" }, "source"],
  ])("refuses %s", async (_, params, param) => {
    const { stripe, sandbox } = await connect();
    const error = await refusal(stripe.customers.create(params));
    expect([error.statusCode, error.param]).toEqual([400, param]);
    expect(sandbox.events()).toEqual([]);
  });

  it("has an invoice prefix of its own", async () => {
    const { stripe } = await connect();
    await stripe.customers.create({ invoice_prefix: "ADA" });
    expect((await refusal(stripe.customers.create({ invoice_prefix: "ADA" }))).param).toBe("invoice_prefix");
  });

  it("whose invoices are to show taxes in their amounts has them shown, unless an invoice says else", async () => {
    const { stripe } = await connect();
    const rendering_options = { amount_tax_display: "include_inclusive_tax" } as const;
    const { id: customer } = await stripe.customers.create({ invoice_settings: { rendering_options } });
    expect((await stripe.invoices.create({ customer })).rendering).toMatchObject(rendering_options);
    const rendering = { amount_tax_display: "exclude_tax" } as const;
    expect((await stripe.invoices.create({ customer, rendering })).rendering).toMatchObject(rendering);
    await stripe.customers.update(customer, { invoice_settings: { rendering_options: "" } });
    expect((await stripe.invoices.create({ customer })).rendering?.amount_tax_display).toBeNull();
  });
});
