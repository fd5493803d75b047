import type Stripe from "stripe";
import { beforeEach, describe, expect, it } from "vitest";
import { refusal } from "../../../test/connect.js";
import { type InProcess, inProcess } from "../../../test/in-process.js";

// https://docs.stripe.com/billing/subscriptions/usage-based/billing-credits and the declarations of the SDK
// (Billing/CreditGrants.d.ts, CreditBalanceTransactions.d.ts, CreditBalanceSummary.d.ts).

const day = 86_400;
const metered = { scope: { price_type: "metered" } } as const;

let shop: InProcess;
let customer: string;
let calls: Stripe.Price;
let seats: Stripe.Price;

const now = () => Math.floor(shop.sandbox.now().getTime() / 1000);
const pass = (days: number) => shop.sandbox.advance(new Date((now() + days * day) * 1000));

beforeEach(async () => {
  shop = inProcess();
  const { stripe } = shop;
  const meter = await stripe.billing.meters.create({
    display_name: "Calls",
    event_name: "call",
    default_aggregation: { formula: "sum" },
  });
  ({ id: customer } = await stripe.customers.create());
  const { id } = await stripe.paymentMethods.attach("pm_card_visa", { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
  const base = { currency: "usd", unit_amount: 100, product_data: { name: "Calls" } };
  calls = await stripe.prices.create({
    ...base,
    recurring: { interval: "month", usage_type: "metered", meter: meter.id },
  });
  seats = await stripe.prices.create({ ...base, unit_amount: 1000, recurring: { interval: "month" } });
});

type Fields = Partial<Stripe.Billing.CreditGrantCreateParams>;

const give = (value: number, fields: Fields = {}) =>
  shop.stripe.billing.creditGrants.create({
    customer,
    amount: { type: "monetary", monetary: { currency: "usd", value } },
    applicability_config: metered,
    ...fields,
  });

const use = (value: number) =>
  shop.stripe.billing.meterEvents.create({
    event_name: "call",
    payload: { stripe_customer_id: customer, value: String(value) },
  });

const left = async (
  filter: Stripe.Billing.CreditBalanceSummaryRetrieveParams.Filter = {
    type: "applicability_scope",
    applicability_scope: { price_type: "metered" },
  },
) => {
  const summary = await shop.stripe.billing.creditBalanceSummaries.retrieve({ customer, filter });
  return summary.balances.map((balance) => balance.available_balance.monetary?.value);
};

/** The moves of grants, oldest first: what happened, and how much of it. */
const moves = async (fields: Stripe.Billing.CreditBalanceTransactionListParams = { customer }) => {
  const { data } = await shop.stripe.billing.creditBalanceTransactions.list(fields);
  return data.reverse().map(({ credit, debit }) => {
    const move = credit ?? debit;
    return [move?.type, move?.amount.monetary?.value];
  });
};

/** Bills a month's calls and returns the invoice. */
const billed = async (
  count: number,
  items: Stripe.SubscriptionCreateParams.Item[] = [{ price: calls.id }],
  fields = {},
) => {
  await shop.stripe.subscriptions.create({ customer, items, ...fields });
  await use(count);
  pass(32);
  const { data } = await shop.stripe.invoices.list({ customer, limit: 1 });
  return data[0] as Stripe.Invoice & { id: string };
};

const told = () =>
  shop.sandbox.events().flatMap(({ type }) => (type.startsWith("billing.credit") ? [type] : []));

describe("a credit grant", () => {
  it("has Stripe's defaults, and tells of itself", async () => {
    const grant = await give(1000);
    expect(grant).toMatchObject({
      object: "billing.credit_grant",
      amount: { type: "monetary", monetary: { currency: "usd", value: 1000 } },
      applicability_config: metered,
      category: "paid",
      customer,
      effective_at: now(),
      expires_at: null,
      name: null,
      priority: 50,
      voided_at: null,
    });
    expect(grant.id).toMatch(/^credgr_test_/);
    expect(told()).toEqual(["billing.credit_grant.created", "billing.credit_balance_transaction.created"]);
    expect(await moves()).toEqual([["credits_granted", 1000]]);
    expect(await left()).toEqual([1000]);
    expect(await shop.stripe.billing.creditGrants.retrieve(grant.id)).toEqual(grant);
    expect((await shop.stripe.billing.creditGrants.list({ customer })).data).toEqual([grant]);
    const [move] = (
      await shop.stripe.billing.creditBalanceTransactions.list({
        credit_grant: grant.id,
        expand: ["data.credit_grant"],
      })
    ).data;
    expect(move?.credit_grant).toEqual(grant);
  });

  it("pays for metered usage when the invoice is finalized, and for nothing else", async () => {
    const { id } = await give(1000);
    const invoice = await billed(25, [{ price: calls.id }, { price: seats.id }]);
    expect(invoice).toMatchObject({ status: "paid", subtotal: 3500, total: 2500, amount_paid: 2500 });
    const [used] = invoice.total_pretax_credit_amounts ?? [];
    expect(used).toMatchObject({ amount: 1000, type: "credit_balance_transaction" });
    const paid = invoice.lines.data.filter((line) => line.pretax_credit_amounts?.length);
    expect(paid.map((line) => [line.pricing?.price_details?.price, line.amount])).toEqual([[calls.id, 2500]]);
    const move = await shop.stripe.billing.creditBalanceTransactions.retrieve(
      `${used?.credit_balance_transaction}`,
    );
    expect(move).toMatchObject({
      credit: null,
      credit_grant: id,
      debit: {
        amount: { monetary: { currency: "usd", value: 1000 } },
        credits_applied: { invoice: invoice.id, invoice_line_item: paid[0]?.id },
        type: "credits_applied",
      },
      type: "debit",
    });
    expect(await left()).toEqual([0]);
    const page = await shop.sandbox.fetch(new Request(`${invoice.hosted_invoice_url}`));
    expect(await page.text()).toContain("Credit grant applied");
  });

  it("is used after discounts and before taxes", async () => {
    const { stripe } = shop;
    await give(1000);
    const coupon = await stripe.coupons.create({ percent_off: 20, duration: "forever" });
    const vat = await stripe.taxRates.create({ display_name: "VAT", inclusive: false, percentage: 10 });
    const invoice = await billed(25, undefined, {
      discounts: [{ coupon: coupon.id }],
      default_tax_rates: [vat.id],
    });
    expect(invoice).toMatchObject({ subtotal: 2500, total_excluding_tax: 1000, total: 1100 });
    expect(invoice.total_pretax_credit_amounts?.map(({ amount, type }) => [amount, type])).toEqual([
      [500, "discount"],
      [1000, "credit_balance_transaction"],
    ]);
  });

  it("is used in turn: by priority, then what ends sooner, then what was free", async () => {
    const names = new Map<string, string>();
    const as = async (name: string, fields: Fields) => names.set((await give(300, fields)).id, name);
    await as("last", { priority: 60 });
    await as("paid", { expires_at: now() + 90 * day });
    await as("free", { expires_at: now() + 90 * day, category: "promotional" });
    await as("sooner", { expires_at: now() + 60 * day });
    await as("first", { priority: 0 });
    await billed(13);
    const { data } = await shop.stripe.billing.creditBalanceTransactions.list({ customer });
    const used = data
      .reverse()
      .flatMap(({ debit, credit_grant: grant }) =>
        debit ? [[names.get(`${grant}`), debit.amount.monetary?.value]] : [],
      );
    expect(used).toEqual([
      ["first", 300],
      ["sooner", 300],
      ["free", 300],
      ["paid", 300],
      ["last", 100],
    ]);
  });

  it("leaves other currencies, other prices and what is not in effect alone", async () => {
    const other = await shop.stripe.prices.create({
      currency: "usd",
      unit_amount: 1,
      product: calls.product as string,
      recurring: { interval: "month", usage_type: "metered", meter: `${calls.recurring?.meter}` },
    });
    await give(500, { amount: { type: "monetary", monetary: { currency: "eur", value: 500 } } });
    await give(500, { applicability_config: { scope: { prices: [{ id: other.id }] } } });
    await give(500, { effective_at: now() + 100 * day });
    expect(await billed(10)).toMatchObject({ total: 1000, total_pretax_credit_amounts: [] });
    expect(
      await left({ type: "applicability_scope", applicability_scope: { prices: [{ id: other.id }] } }),
    ).toEqual([500, 500]);
  });

  it("comes back when the invoice is voided", async () => {
    const { id } = await give(1000);
    await shop.stripe.subscriptions.create({
      customer,
      items: [{ price: calls.id }],
      collection_method: "send_invoice",
      days_until_due: 5,
    });
    await use(25);
    pass(32);
    const [invoice] = (await shop.stripe.invoices.list({ customer, limit: 1 })).data;
    expect(invoice).toMatchObject({ status: "open", total: 1500 });
    await shop.stripe.invoices.voidInvoice(`${invoice?.id}`);
    expect(await left({ type: "credit_grant", credit_grant: id })).toEqual([1000]);
    expect(await moves({ credit_grant: id })).toEqual([
      ["credits_granted", 1000],
      ["credits_applied", 1000],
      ["credits_application_invoice_voided", 1000],
    ]);
  });

  it("ends when it expires, by itself or on demand", async () => {
    await give(400, { expires_at: now() + 10 * day });
    const { id } = await give(600);
    expect(await left()).toEqual([1000]);
    pass(11);
    expect(await left()).toEqual([600]);
    expect(await shop.stripe.billing.creditGrants.expire(id)).toMatchObject({ expires_at: now() });
    expect(await moves()).toEqual([
      ["credits_granted", 400],
      ["credits_granted", 600],
      ["credits_expired", 400],
      ["credits_expired", 600],
    ]);
    expect((await refusal(shop.stripe.billing.creditGrants.expire(id))).statusCode).toBe(400);
  });

  it("can be kept for longer, and named in metadata", async () => {
    const { id } = await give(400, { expires_at: now() + 10 * day });
    const changed = await shop.stripe.billing.creditGrants.update(id, {
      expires_at: "",
      metadata: { a: "b" },
    });
    expect(changed).toMatchObject({ expires_at: null, metadata: { a: "b" } });
    expect(told().at(-1)).toBe("billing.credit_grant.updated");
    pass(20);
    expect(await left()).toEqual([400]);
  });

  it("can be voided until some of it is used", async () => {
    const unused = await give(400);
    expect(await shop.stripe.billing.creditGrants.voidGrant(unused.id)).toMatchObject({ voided_at: now() });
    expect(await moves({ credit_grant: unused.id })).toEqual([
      ["credits_granted", 400],
      ["credits_voided", 400],
    ]);
    const used = await give(400);
    await billed(1);
    expect((await refusal(shop.stripe.billing.creditGrants.voidGrant(used.id))).message).toContain(
      "can't be voided",
    );
  });

  it.each<[string, () => Fields, string]>([
    ["without a customer", () => ({ customer: undefined as unknown as string }), "customer"],
    [
      "of nothing",
      () => ({ amount: { type: "monetary", monetary: { currency: "usd", value: 0 } } }),
      "amount[monetary][value]",
    ],
    [
      "for any price and for some",
      () => ({ applicability_config: { scope: { price_type: "metered", prices: [{ id: calls.id }] } } }),
      "applicability_config[scope][price_type]",
    ],
    [
      "for a price without a meter",
      () => ({ applicability_config: { scope: { prices: [{ id: seats.id }] } } }),
      "applicability_config[scope][prices][0][id]",
    ],
    ["beyond the last priority", () => ({ priority: 101 }), "priority"],
    ["that has ended", () => ({ expires_at: now() }), "expires_at"],
  ])("is refused %s", async (_, fields, param) => {
    expect((await refusal(give(1, fields()))).param).toBe(param);
    expect(told()).toEqual([]);
  });
});
