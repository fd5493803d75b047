import { expect, it } from "vitest";
import { connect, payer, recurringPrice, refusal } from "../../../test/connect.js";

const clock = () => new Date(Date.UTC(2026, 0, 15));
const berlin = { line1: "Unter den Linden 1", city: "Berlin", postal_code: "10117", country: "DE" };
const fresh = { clock, settings: { taxReady: false } };

const german = async (stripe: Awaited<ReturnType<typeof connect>>["stripe"]) => {
  const customer = await payer(stripe);
  await stripe.customers.update(customer.id, { address: berlin });
  return customer;
};

it("is ready, and registered everywhere, unless the sandbox is told otherwise", async () => {
  const { stripe } = await connect({ clock });
  expect(await stripe.tax.settings.retrieve()).toMatchObject({
    status: "active",
    head_office: { address: { country: "US" } },
    defaults: { tax_behavior: "exclusive" },
  });
  const all = await stripe.tax.registrations.list({ status: "active", limit: 100 }).autoPagingToArray({
    limit: 1000,
  });
  expect(all.map(({ country }) => country)).toEqual(expect.arrayContaining(["DE", "GB", "US"]));
});

it("refuses automatic tax of a new account until it has a head office", async () => {
  const { stripe, sandbox } = await connect(fresh);
  expect(await stripe.tax.settings.retrieve()).toMatchObject({
    status: "pending",
    status_details: { pending: { missing_fields: ["head_office"] } },
  });
  const customer = await german(stripe);
  const price = await recurringPrice(stripe, 2000);
  const asked = { customer: customer.id, items: [{ price: price.id }], automatic_tax: { enabled: true } };
  const error = await refusal(stripe.subscriptions.create(asked));
  expect(error.message).toContain("You must have a valid head office address");
  const line_items = [{ price: price.id, quantity: 1 }];
  const page = { mode: "subscription", line_items, success_url: "https://app.example.com" } as const;
  const other = await refusal(stripe.checkout.sessions.create({ ...page, automatic_tax: { enabled: true } }));
  expect(other.message).toBe(error.message);
  await stripe.tax.settings.update({ head_office: { address: { country: "DE" } } });
  expect(sandbox.events().at(-1)?.type).toBe("tax.settings.updated");
  // Neither the price nor the account says whether it contains the tax.
  const third = await refusal(stripe.checkout.sessions.create({ ...page, automatic_tax: { enabled: true } }));
  expect(third.message).toContain("does not have a `tax_behavior` set");
});

it("collects nothing, and returns no error, where the account is not registered", async () => {
  const { stripe } = await connect(fresh);
  const head_office = { address: { country: "DE" } };
  await stripe.tax.settings.update({ head_office, defaults: { tax_behavior: "exclusive" } });
  const customer = await german(stripe);
  const price = await recurringPrice(stripe, 2000);
  const subscribe = async () => {
    const { latest_invoice } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      automatic_tax: { enabled: true },
      expand: ["latest_invoice"],
    });
    return latest_invoice;
  };
  expect(await subscribe()).toMatchObject({
    total: 2000,
    automatic_tax: { status: "complete" },
    total_taxes: [{ amount: 0, taxability_reason: "not_collecting" }],
  });
  const registration = await stripe.tax.registrations.create({
    country: "FR",
    country_options: { fr: { type: "oss_union" } },
    active_from: "now",
  });
  expect(registration).toMatchObject({ status: "active", country: "FR" });
  expect(await subscribe()).toMatchObject({ total: 2400 });
  await stripe.tax.registrations.update(registration.id, { expires_at: "now" });
  expect((await stripe.tax.registrations.list({ status: "active" })).data).toEqual([]);
  expect((await stripe.tax.registrations.list({ status: "expired" })).data).toHaveLength(1);
  expect(await subscribe()).toMatchObject({ total: 2000 });
});

it("ends a registration that it began with", async () => {
  const { stripe } = await connect({ clock });
  const all = await stripe.tax.registrations.list({ limit: 100 }).autoPagingToArray({ limit: 1000 });
  const own = all.find(({ country }) => country === "DE");
  await stripe.tax.registrations.update(own?.id ?? "", { expires_at: "now" });
  const session = await stripe.checkout.sessions.create({
    mode: "payment",
    customer: (await german(stripe)).id,
    line_items: [
      { quantity: 1, price_data: { currency: "usd", unit_amount: 500, product_data: { name: "Mug" } } },
    ],
    automatic_tax: { enabled: true },
    success_url: "https://app.example.com",
  });
  expect(session).toMatchObject({ amount_total: 500, automatic_tax: { status: "complete" } });
});

it("contains the tax by the account's default where a price does not say", async () => {
  const { stripe } = await connect({ clock });
  await stripe.tax.settings.update({ defaults: { tax_behavior: "inferred_by_currency" } });
  const customer = await german(stripe);
  const line = (currency: string) => ({
    quantity: 1,
    price_data: { currency, unit_amount: 1200, product_data: { name: "Mug" } },
  });
  const totals = await Promise.all(
    ["usd", "eur"].map((currency) =>
      stripe.checkout.sessions.create({
        mode: "payment",
        customer: customer.id,
        line_items: [line(currency)],
        automatic_tax: { enabled: true },
        success_url: "https://app.example.com",
      }),
    ),
  );
  expect(totals.map((one) => [one.amount_total, one.total_details?.amount_tax])).toEqual([
    [1440, 240],
    [1200, 200],
  ]);
});
