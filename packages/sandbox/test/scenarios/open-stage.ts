import type Stripe from "stripe";
import { expect } from "vitest";
import type { Sandbox, SandboxOptions } from "../../src/index.js";
import { inProcess } from "../in-process.js";

type Given = SandboxOptions & {
  /** Whose time passes: a test clock's, or the sandbox's own. @default "test clock" */
  time?: "sandbox" | "test clock";
  card?: string | null;
  start?: string;
};

export type Stage = {
  sandbox: Sandbox;
  stripe: Stripe;
  customer: string;
  /** Null if the customer lives by the sandbox's own time. */
  clock: string | null;
  /** Lets time pass until then; longer spans go in steps of a month, as test clocks demand. */
  to: (time: string) => Promise<void>;
  /** The types of the events since the last call, oldest first, without the chatter of clocks and cards. */
  told: () => string[];
  /** The newest event of a type. */
  last: (type: string) => Stripe.Event;
  price: (amount: number, fields?: Partial<Stripe.PriceCreateParams>) => Promise<string>;
  card: (name: string) => Promise<string>;
};

const chatter = /^(test_helpers|price\.|product\.|plan\.|payment_method\.|customer\.(created|updated))/;

/** In seconds since 1970. */
export const at = (time: string): number => Date.parse(time.length > 10 ? time : `${time}T00:00:00Z`) / 1000;

const month = 28 * 86_400;

/** A shop with one customer, at a time of its own, driven by the real SDK. */
export const openStage = async ({
  time = "test clock",
  card = "pm_card_visa",
  start = "2027-01-01",
  ...options
}: Given = {}): Promise<Stage> => {
  const begin = new Date(at(start) * 1000);
  const { sandbox, stripe } = inProcess(time === "sandbox" ? { clock: () => begin, ...options } : options);
  const clock =
    time === "sandbox" ? null : await stripe.testHelpers.testClocks.create({ frozen_time: at(start) });
  const { id: customer } = await stripe.customers.create({
    email: "ada@example.com",
    ...(clock ? { test_clock: clock.id } : {}),
  });
  const takeCard: Stage["card"] = async (name) => {
    const { id } = await stripe.paymentMethods.attach(name, { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
    return id;
  };
  if (card !== null) await takeCard(card);
  const seen = new Set<string>();
  const told: Stage["told"] = () => {
    const fresh = sandbox.events().filter((event) => !seen.has(event.id));
    for (const { id } of fresh) seen.add(id);
    return fresh.map(({ type }) => type).filter((type) => !chatter.test(type));
  };
  told();
  const step = async (until: number): Promise<void> => {
    if (clock) await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: until });
    else sandbox.advance(new Date(until * 1000));
  };
  let now = at(start);
  return {
    sandbox,
    stripe,
    customer,
    clock: clock?.id ?? null,
    to: async (wanted) => {
      for (const until = at(wanted); now < until; ) {
        now = Math.min(now + month, until);
        await step(now);
      }
    },
    told,
    last: (type) => {
      const found = sandbox.events().findLast((event) => event.type === type);
      if (!found) throw new Error(`Nothing was told of ${type}.`);
      return found as unknown as Stripe.Event;
    },
    price: async (amount, fields = {}) =>
      (
        await stripe.prices.create({
          currency: "usd",
          unit_amount: amount,
          product_data: { name: "Pro" },
          recurring: { interval: "month" },
          ...fields,
        })
      ).id,
    card: takeCard,
  };
};

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** What must hold for everything that a customer was ever billed. */
export const checkBooks = async ({ stripe, customer }: Stage): Promise<void> => {
  const invoices = await stripe.invoices.list({ customer, limit: 100 }).autoPagingToArray({ limit: 1000 });
  for (const invoice of invoices) {
    const off = sum((invoice.total_discount_amounts ?? []).map(({ amount }) => amount));
    const added = sum(
      (invoice.total_taxes ?? [])
        .filter(({ tax_behavior }) => tax_behavior === "exclusive")
        .map(({ amount }) => amount),
    );
    expect(sum(invoice.lines.data.map(({ amount }) => amount)), "lines").toBe(invoice.subtotal);
    expect(invoice.subtotal - off + added, "total").toBe(invoice.total);
    const paid = await stripe.invoicePayments.list({ invoice: invoice.id as string, status: "paid" });
    expect(sum(paid.data.map(({ amount_paid }) => amount_paid ?? 0)), "payments").toBe(
      invoice.amount_paid - (invoice.amount_paid_off_stripe ?? 0),
    );
    if (invoice.status === "paid") expect(invoice.amount_remaining).toBe(0);
  }
  const { balance } = (await stripe.customers.retrieve(customer)) as Stripe.Customer;
  const moves = await stripe.customers.listBalanceTransactions(customer, { limit: 100 });
  expect(sum(moves.data.map(({ amount }) => amount)), "balance").toBe(balance);
};

/** The code, or else the message, of a refusal. */
export const refused = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise;
  } catch (error) {
    const { code, message } = error as Stripe.errors.StripeError;
    return code ?? message;
  }
  throw new Error("This was expected to be refused.");
};
