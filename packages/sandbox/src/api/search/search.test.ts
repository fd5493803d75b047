import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { connect, payer, recurringPrice, refusal } from "../../../test/connect.js";

const names = (page: { data: { name?: string | null }[] }) => page.data.map((row) => row.name);

const shop = async () => {
  const connected = await connect();
  const { stripe } = connected;
  await stripe.customers.create({
    name: "Ada Lovelace",
    email: "ada@example.com",
    metadata: { plan: "pro" },
  });
  await stripe.customers.create({ name: "Bob", email: "bob@example.com", metadata: { plan: "free" } });
  await stripe.customers.create({ name: 'Cy "the" Cat', email: "cy@other.org" });
  return connected;
};

describe("search finds", () => {
  it.each([
    ["an exact value, whatever its case", 'email:"ADA@example.com"', ["Ada Lovelace"]],
    ["a part of a text", 'email~"example"', ["Bob", "Ada Lovelace"]],
    ["metadata by key and value", 'metadata["plan"]:"pro"', ["Ada Lovelace"]],
    ["what lacks a key", 'metadata["plan"]:null', ['Cy "the" Cat']],
    ["what has one", '-metadata["plan"]:null', ["Bob", "Ada Lovelace"]],
    ["what meets both", 'email~"example" AND -name:"Bob"', ["Ada Lovelace"]],
    ["two clauses side by side as both", 'email~"example" name:"Bob"', ["Bob"]],
    ["what meets either", "name:'Bob' OR email:'cy@other.org'", ['Cy "the" Cat', "Bob"]],
    ["quotes within quotes", 'name:"Cy \\"the\\" Cat"', ['Cy "the" Cat']],
    [
      "numbers by comparison",
      "created>1000 AND created<=99999999999",
      ['Cy "the" Cat', "Bob", "Ada Lovelace"],
    ],
    ["nothing", "created<5", []],
  ])("%s", async (_, query, found) => {
    const { stripe } = await shop();
    expect(names(await stripe.customers.search({ query }))).toEqual(found);
  });

  it("page by page", async () => {
    const { stripe } = await shop();
    const first = await stripe.customers.search({ query: "created>0", limit: 2 });
    expect([names(first), first.has_more]).toEqual([['Cy "the" Cat', "Bob"], true]);
    const next = await stripe.customers.search({ query: "created>0", limit: 2, page: first.next_page ?? "" });
    expect([names(next), next.has_more, next.next_page]).toEqual([["Ada Lovelace"], false, null]);
    const all: unknown[] = [];
    for await (const row of stripe.customers.search({ query: "created>0", limit: 1 })) all.push(row.name);
    expect(all).toHaveLength(3);
  });

  it("products, prices and the rest by their own fields, but no deleted customers", async () => {
    const { stripe } = await shop();
    const { id } = await stripe.prices.create({
      currency: "usd",
      unit_amount: 5,
      product_data: { name: "Pro plan" },
    });
    expect((await stripe.prices.search({ query: "active:'true' AND currency:'usd'" })).data[0]?.id).toBe(id);
    expect(names(await stripe.products.search({ query: "name~'plan'" }))).toEqual(["Pro plan"]);
    await stripe.paymentIntents.create({ amount: 500, currency: "usd" });
    const cheap = await stripe.paymentIntents.search({
      query: "amount<600 AND status:'requires_payment_method'",
    });
    expect(cheap.data).toHaveLength(1);
    const [bob] = (await stripe.customers.search({ query: "name:'Bob'" })).data;
    await stripe.customers.del(bob?.id ?? "");
    expect((await stripe.customers.search({ query: "name:'Bob'" })).data).toEqual([]);
  });
});

describe("search keeps up with", () => {
  const found = async (rows: Promise<{ data: { id: string }[] }>) => (await rows).data.map(({ id }) => id);

  it("a customer who changes, is made or is deleted after the first search", async () => {
    const { stripe } = await connect();
    const { id: ada } = await stripe.customers.create({
      email: "ada@example.com",
      metadata: { plan: "pro" },
    });
    const byPlan = (plan: string) => found(stripe.customers.search({ query: `metadata["plan"]:"${plan}"` }));
    const byEmail = (email: string) => found(stripe.customers.search({ query: `email:"${email}"` }));
    expect([await byPlan("pro"), await byEmail("ada@example.com")]).toEqual([[ada], [ada]]);
    await stripe.customers.update(ada, { email: "lovelace@example.com", metadata: { plan: "free" } });
    const { id: bob } = await stripe.customers.create({
      email: "Lovelace@Example.com",
      metadata: { plan: "free" },
    });
    expect([await byPlan("pro"), await byPlan("FREE")]).toEqual([[], [bob, ada]]);
    expect([await byEmail("ada@example.com"), await byEmail("LOVELACE@example.com")]).toEqual([
      [],
      [bob, ada],
    ]);
    // A list compares addresses to the letter.
    expect(await found(stripe.customers.list({ email: "lovelace@example.com" }))).toEqual([ada]);
    await stripe.customers.update(ada, { email: "ada@example.com" });
    expect(await found(stripe.customers.list({ email: "ada@example.com" }))).toEqual([ada]);
    await stripe.customers.del(bob);
    expect([await byPlan("free"), await byEmail("lovelace@example.com")]).toEqual([[ada], []]);
  });

  it("a product and a subscription that change", async () => {
    const { stripe } = await connect();
    const { id: product } = await stripe.products.create({ name: "Pro" });
    const byName = (name: string) => found(stripe.products.search({ query: `name:"${name}"` }));
    expect(await byName("pro")).toEqual([product]);
    await stripe.products.update(product, { name: "Team" });
    expect([await byName("pro"), await byName("team")]).toEqual([[], [product]]);
    await stripe.products.del(product);
    expect(await byName("team")).toEqual([]);
    const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 2900)];
    const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
    const byStatus = (status: string) => found(stripe.subscriptions.search({ query: `status:"${status}"` }));
    expect([await byStatus("active"), await byStatus("canceled")]).toEqual([[id], []]);
    await stripe.subscriptions.cancel(id);
    expect([await byStatus("active"), await byStatus("canceled")]).toEqual([[], [id]]);
  });
});

describe("search by an exact value finds what a list would show", () => {
  type Row = { id: string } & Record<string, unknown>;
  type Page = Promise<{ data: object[] }>;
  const kinds = {
    charges: ["status", "disputed", "refunded", "currency"],
    invoices: ["status", "currency", "number"],
    paymentIntents: ["status", "currency"],
  } as const;

  /** What searches and lists say of each value that there is, of `metadata["step"]` too. */
  const compare = async (stripe: Stripe): Promise<void> => {
    for (const kind of Object.keys(kinds) as (keyof typeof kinds)[]) {
      const all = (await (stripe[kind].list({ limit: 100 }) as Page)).data as Row[];
      const ask = async (query: string, has: (row: Row) => boolean) => {
        const found = (await (stripe[kind].search({ query, limit: 100 }) as Page)).data as Row[];
        expect([query, found.map(({ id }) => id)]).toEqual([query, all.filter(has).map(({ id }) => id)]);
      };
      for (const field of kinds[kind])
        for (const value of new Set(all.flatMap((row) => (row[field] === null ? [] : [String(row[field])]))))
          await ask(`${field}:"${value}"`, (row) => String(row[field]) === value);
      await ask('metadata["step"]:"one"', ({ metadata }) => (metadata as { step?: string }).step === "one");
    }
  };

  it("however it came about: a payment, a refusal, a refund, a dispute, a life of invoices", async () => {
    const { sandbox, stripe } = await connect();
    const { id: customer } = await payer(stripe);
    const pay = (card: string, more = {}) =>
      stripe.paymentIntents.create({
        amount: 2000,
        confirm: true,
        currency: "usd",
        payment_method: card,
        ...more,
      });
    const paid = await pay("pm_card_visa");
    const held = await pay("pm_card_visa", { capture_method: "manual" });
    const later = await stripe.paymentIntents.create({ amount: 700, currency: "eur" });
    const asked = await pay("pm_card_createDisputeInquiry");
    const { id: price } = await recurringPrice(stripe, 2900);
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price }] });
    const draft = (await stripe.invoices.create({ customer })).id as string;
    const steps: (() => unknown)[] = [
      () => stripe.paymentIntents.update(later.id, { metadata: { step: "one" } }),
      () => stripe.paymentIntents.update(later.id, { payment_method: "pm_card_visa" }),
      () => pay("pm_card_chargeDeclined").catch(() => undefined),
      () => stripe.refunds.create({ payment_intent: paid.id }),
      () => stripe.paymentIntents.capture(held.id),
      () =>
        stripe.rawRequest("POST", `/v1/sandbox/charges/${held.latest_charge}/dispute`, {
          kind: "dispute_fraudulent",
        }),
      () => pay("pm_card_createDispute"),
      () => stripe.refunds.create({ payment_intent: asked.id }),
      async () => {
        const [inquiry] = (await stripe.disputes.list({ payment_intent: asked.id })).data;
        const evidence = { uncategorized_text: "escalate_inquiry_evidence" };
        await stripe.disputes.update(inquiry?.id ?? "", { evidence });
        sandbox.advance(new Date(sandbox.now().getTime() + 10_000));
      },
      () => stripe.charges.update(paid.latest_charge as string, { metadata: { step: "one" } }),
      () => stripe.invoices.update(draft, { metadata: { step: "one" } }),
      () => stripe.invoiceItems.create({ customer, invoice: draft, amount: 900, currency: "usd" }),
      () => stripe.invoices.finalizeInvoice(draft),
      () => stripe.invoices.voidInvoice(draft),
      () => sandbox.advance(new Date(sandbox.now().getTime() + 33 * 86_400_000)),
      () => stripe.subscriptions.cancel(subscription.id),
      () => stripe.paymentIntents.cancel(later.id),
    ];
    await compare(stripe);
    for (const step of steps) {
      await step();
      await compare(stripe);
    }
  });
});

describe("search refuses", () => {
  it.each([
    ["what it can't read", "name is Bob", "unable to parse"],
    ["nothing at all", " ", "blank"],
    ["a field that can't be searched", "colour:'red'", "unsupported search field"],
    ["a comparison of texts", "name>'Bob'", "not supported for field"],
    ["metadata without a key", "metadata:'pro'", "needs key"],
    ["AND and OR together", "name:'Bob' AND name:'Ada' OR name:'Cy'", "Mixing"],
    ["too short a part", "name~'Bo'", "three characters"],
    ["a tail", "name:'Bob' name", "unable to parse"],
  ])("%s", async (_, query, words) => {
    const { stripe } = await connect();
    const error = await refusal(stripe.customers.search({ query }));
    expect([error.statusCode, error.param]).toEqual([400, "query"]);
    expect(error.message).toContain(words);
  });

  it("a page that it never gave", async () => {
    const { stripe } = await connect();
    expect((await refusal(stripe.customers.search({ query: "created>0", page: "x" }))).param).toBe("page");
  });
});
