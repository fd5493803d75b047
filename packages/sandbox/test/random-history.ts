import fc from "fast-check";
import Stripe from "stripe";
import { createSandbox, type Sandbox } from "../src/index.js";
import { type Collection, collecting, createCollection } from "./collect.js";

/** One thing that a shop or its customers do; numbers choose among what exists at that time. */
export type Step =
  | { kind: "advance"; days: number }
  | { kind: "cancel"; which: number; atEnd: boolean }
  | {
      kind: "changePrice";
      which: number;
      price: number;
      proration: "always_invoice" | "create_prorations" | "none";
    }
  | { kind: "changeQuantity"; which: number; quantity: number }
  | { kind: "credit"; amount: number }
  | { kind: "creditNote"; which: number }
  | { kind: "invoiceItem"; amount: number }
  | { kind: "pay"; which: number }
  | { kind: "refund"; which: number; share: number }
  | { kind: "subscribe"; price: number; quantity: number; coupon: number; tax: boolean; trial: number }
  | { kind: "switchCard"; fails: boolean }
  | { kind: "void"; which: number };

const nth = fc.nat(9);

export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constant("advance" as const), days: fc.integer({ min: 1, max: 45 }) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant("subscribe" as const),
        price: nth,
        quantity: fc.integer({ min: 1, max: 7 }),
        coupon: nth,
        tax: fc.boolean(),
        trial: fc.constantFrom(0, 0, 0, 7),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant("changePrice" as const),
        which: nth,
        price: nth,
        proration: fc.constantFrom("always_invoice" as const, "create_prorations" as const, "none" as const),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant("changeQuantity" as const),
        which: nth,
        quantity: fc.integer({ min: 1, max: 9 }),
      }),
    },
    fc.record({ kind: fc.constant("cancel" as const), which: nth, atEnd: fc.boolean() }),
    fc.record({ kind: fc.constant("credit" as const), amount: fc.integer({ min: -5000, max: 5000 }) }),
    fc.record({ kind: fc.constant("creditNote" as const), which: nth }),
    fc.record({ kind: fc.constant("invoiceItem" as const), amount: fc.integer({ min: -3000, max: 9000 }) }),
    fc.record({ kind: fc.constant("pay" as const), which: nth }),
    fc.record({ kind: fc.constant("refund" as const), which: nth, share: fc.integer({ min: 1, max: 100 }) }),
    fc.record({ kind: fc.constant("switchCard" as const), fails: fc.boolean() }),
    fc.record({ kind: fc.constant("void" as const), which: nth }),
  ),
  { minLength: 4, maxLength: 22 },
);

export type Shop = {
  sandbox: Sandbox;
  stripe: Stripe;
  /** What was answered, to be checked against the SDK's declarations. */
  collection: Collection;
  customer: string;
  prices: string[];
  coupons: string[];
  rate: string;
};

const amounts: Stripe.PriceCreateParams[] = [
  { currency: "usd", unit_amount: 2900, recurring: { interval: "month" } },
  { currency: "usd", unit_amount: 999, recurring: { interval: "week" } },
  { currency: "usd", unit_amount: 29_000, recurring: { interval: "year" } },
  { currency: "usd", unit_amount_decimal: Stripe.Decimal.from("33.333"), recurring: { interval: "month" } },
  {
    currency: "usd",
    billing_scheme: "tiered",
    tiers_mode: "graduated",
    tiers: [
      { up_to: 3, unit_amount: 500 },
      { up_to: "inf", unit_amount: 333, flat_amount: 100 },
    ],
    recurring: { interval: "month" },
  },
];

/** A shop with a customer, prices, coupons and a tax rate, in a page without a network. */
export const openShop = async (): Promise<Shop> => {
  const sandbox = createSandbox({
    baseUrl: "http://sandbox.test",
    clock: () => new Date(Date.UTC(2027, 0, 31, 12)),
    seed: "history",
    log: () => undefined,
  });
  const collection = createCollection();
  const stripe = new Stripe(sandbox.secretKey, {
    host: "sandbox.test",
    protocol: "http",
    maxNetworkRetries: 0,
    httpClient: collecting(
      Stripe.createFetchHttpClient(async (input, init) => sandbox.fetch(new Request(input, init))),
      collection,
    ),
  });
  const { id: product } = await stripe.products.create({ name: "Pro" });
  const prices = await Promise.all(amounts.map((amount) => stripe.prices.create({ ...amount, product })));
  const coupons = [
    await stripe.coupons.create({ percent_off: 33.3, duration: "forever" }),
    await stripe.coupons.create({
      amount_off: 700,
      currency: "usd",
      duration: "repeating",
      duration_in_months: 2,
    }),
    await stripe.coupons.create({ percent_off: 100, duration: "once" }),
  ];
  const rate = await stripe.taxRates.create({ display_name: "VAT", percentage: 19.6, inclusive: false });
  const { id: customer } = await stripe.customers.create({ email: "ada@example.com" });
  const shop = {
    sandbox,
    stripe,
    collection,
    customer,
    prices: prices.map(({ id }) => id),
    coupons: coupons.map(({ id }) => id),
    rate: rate.id,
  };
  await switchCard(shop, false);
  return shop;
};

const switchCard = async ({ stripe, customer }: Shop, fails: boolean): Promise<void> => {
  const card = fails ? "pm_card_chargeCustomerFail" : "pm_card_visa";
  const method = await stripe.paymentMethods.attach(card, { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
};

const pick = <T>(rows: T[], which: number): T | undefined => rows[which % Math.max(1, rows.length)];

const living = async ({ stripe, customer }: Shop, which: number) =>
  pick((await stripe.subscriptions.list({ customer, limit: 100 })).data, which);

const openInvoice = async ({ stripe, customer }: Shop, which: number) =>
  pick((await stripe.invoices.list({ customer, status: "open", limit: 100 })).data, which);

const paidInvoice = async ({ stripe, customer }: Shop, which: number) =>
  pick((await stripe.invoices.list({ customer, status: "paid", limit: 100 })).data, which);

const actions = {
  advance: async ({ sandbox }, { days }) =>
    sandbox.advance(new Date(sandbox.now().getTime() + days * 86_400_000)),
  cancel: async (shop, { which, atEnd }) => {
    const found = await living(shop, which);
    if (!found) return;
    if (atEnd) await shop.stripe.subscriptions.update(found.id, { cancel_at_period_end: true });
    else await shop.stripe.subscriptions.cancel(found.id, { prorate: true, invoice_now: true });
  },
  changePrice: async (shop, { which, price, proration }) => {
    const found = await living(shop, which);
    const [item] = found?.items.data ?? [];
    if (!found || !item) return;
    await shop.stripe.subscriptions.update(found.id, {
      items: [{ id: item.id, price: pick(shop.prices, price) ?? "" }],
      proration_behavior: proration,
    });
  },
  changeQuantity: async (shop, { which, quantity }) => {
    const found = await living(shop, which);
    const [item] = found?.items.data ?? [];
    if (found && item)
      await shop.stripe.subscriptions.update(found.id, { items: [{ id: item.id, quantity }] });
  },
  credit: async ({ stripe, customer }, { amount }) => {
    if (amount !== 0) await stripe.customers.createBalanceTransaction(customer, { amount, currency: "usd" });
  },
  creditNote: async (shop, { which }) => {
    const invoice = await paidInvoice(shop, which);
    if (!invoice || invoice.total < 1) return;
    await shop.stripe.creditNotes.create({ invoice: invoice.id ?? "", amount: 1, credit_amount: 1 });
  },
  invoiceItem: async ({ stripe, customer }, { amount }) => {
    await stripe.invoiceItems.create({ customer, amount, currency: "usd" });
  },
  pay: async (shop, { which }) => {
    const invoice = await openInvoice(shop, which);
    if (invoice) await shop.stripe.invoices.pay(invoice.id ?? "");
  },
  refund: async ({ stripe, customer }, { which, share }) => {
    const charges = (await stripe.charges.list({ customer, limit: 100 })).data;
    const charge = pick(
      charges.filter((row) => row.paid && !row.refunded),
      which,
    );
    if (!charge) return;
    const left = charge.amount_captured - charge.amount_refunded;
    await stripe.refunds.create({ charge: charge.id, amount: Math.max(1, Math.floor((left * share) / 100)) });
  },
  subscribe: async ({ stripe, customer, prices, coupons, rate }, step) => {
    const coupon = coupons[step.coupon];
    await stripe.subscriptions.create({
      customer,
      items: [{ price: pick(prices, step.price) ?? "", quantity: step.quantity }],
      ...(coupon ? { discounts: [{ coupon }] } : {}),
      ...(step.tax ? { default_tax_rates: [rate] } : {}),
      ...(step.trial > 0 ? { trial_period_days: step.trial } : {}),
    });
  },
  switchCard: async (shop, { fails }) => switchCard(shop, fails),
  void: async (shop, { which }) => {
    const invoice = await openInvoice(shop, which);
    if (invoice) await shop.stripe.invoices.voidInvoice(invoice.id ?? "");
  },
} satisfies { [K in Step["kind"]]: (shop: Shop, step: Extract<Step, { kind: K }>) => Promise<unknown> };

/** Does one step; a refusal (a declined card, a change that is not allowed) is part of life. */
export const live = async (shop: Shop, step: Step): Promise<void> => {
  try {
    await (actions[step.kind] as (shop: Shop, step: Step) => Promise<unknown>)(shop, step);
  } catch (error) {
    const refused = error instanceof Stripe.errors.StripeError && (error.statusCode ?? 500) < 500;
    if (!refused) throw error;
  }
};
