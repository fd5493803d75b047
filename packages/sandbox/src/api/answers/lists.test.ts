import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { connect, payer, recurringPrice, refusal } from "../../../test/connect.js";

const customers = async (stripe: Stripe, count: number): Promise<string[]> => {
  const ids: string[] = [];
  for (let index = 0; index < count; index++) ids.unshift((await stripe.customers.create({})).id);
  return ids;
};

type Cursor = { starting_after?: string; ending_before?: string };

/** The ids of that many new rows, newest first. */
const made = async (count: number, make: () => Promise<{ id: string }>): Promise<string[]> => {
  const ids: string[] = [];
  for (let index = 0; index < count; index++) ids.unshift((await make()).id);
  return ids;
};

describe("a list", () => {
  it("is empty beyond its ends", async () => {
    const { stripe } = await connect();
    const ids = await customers(stripe, 3);
    const after = await stripe.customers.list({ starting_after: ids[2] ?? "" });
    expect([after.data, after.has_more]).toEqual([[], false]);
    const before = await stripe.customers.list({ ending_before: ids[0] ?? "" });
    expect([before.data, before.has_more]).toEqual([[], false]);
  });

  it("says that there is more on the side that it was paged to", async () => {
    const { stripe } = await connect();
    const ids = await customers(stripe, 4);
    const before = await stripe.customers.list({ ending_before: ids[3] ?? "", limit: 2 });
    expect([before.data.map((row) => row.id), before.has_more]).toEqual([ids.slice(1, 3), true]);
    const exact = await stripe.customers.list({ limit: 4 });
    expect([exact.data.length, exact.has_more]).toEqual([4, false]);
  });

  it("takes any limit, and gives one row at least and a hundred at most", async () => {
    const { stripe } = await connect();
    await customers(stripe, 101);
    const count = async (limit: number) => (await stripe.customers.list({ limit })).data.length;
    expect(await Promise.all([count(0), count(-5), count(101), count(100), count(2)])).toEqual([
      1, 1, 100, 100, 2,
    ]);
  });

  it.each(["starting_after", "ending_before"] as const)(
    "names the kind of a row that is not there: %s",
    async (param) => {
      const { stripe } = await connect();
      const at = (id: string) => ({ [param]: id });
      const refusals = await Promise.all([
        refusal(stripe.customers.list(at("cus_none"))),
        refusal(stripe.invoices.list(at("in_none"))),
        refusal(stripe.prices.list(at("price_none"))),
        refusal(stripe.subscriptions.list(at("sub_none"))),
        refusal(stripe.invoiceItems.list(at("ii_none"))),
        refusal(stripe.setupIntents.list(at("seti_none"))),
      ]);
      expect(refusals.map(({ message }) => message)).toEqual([
        "No such customer: 'cus_none'",
        "No such invoice: 'in_none'",
        "No such price: 'price_none'",
        "No such subscription: 'sub_none'",
        "No such Invoice Item: 'ii_none'(livemode=false)",
        "No such setupintent: 'seti_none'",
      ]);
      for (const error of refusals)
        expect([error.statusCode, error.code, error.param]).toEqual([400, "resource_missing", param]);
    },
  );

  it.each([
    [
      "customers",
      async (stripe: Stripe) => {
        const ids = await customers(stripe, 3);
        await stripe.customers.del(ids[1] ?? "");
        return [ids, (page: Cursor) => stripe.customers.list(page)] as const;
      },
    ],
    [
      "products",
      async (stripe: Stripe) => {
        const ids = await made(3, () => stripe.products.create({ name: "Pro" }));
        await stripe.products.del(ids[1] ?? "");
        return [ids, (page: Cursor) => stripe.products.list(page)] as const;
      },
    ],
    [
      "coupons",
      async (stripe: Stripe) => {
        const ids = await made(3, () => stripe.coupons.create({ percent_off: 10 }));
        await stripe.coupons.del(ids[1] ?? "");
        return [ids, (page: Cursor) => stripe.coupons.list(page)] as const;
      },
    ],
    [
      "a customer's invoice items",
      async (stripe: Stripe) => {
        const { id: customer } = await stripe.customers.create({});
        const item = { customer, amount: 100, currency: "usd" };
        const ids = await made(3, () => stripe.invoiceItems.create(item));
        await stripe.invoiceItems.del(ids[1] ?? "");
        return [ids, (page: Cursor) => stripe.invoiceItems.list({ ...page, customer })] as const;
      },
    ],
    [
      "a customer's drafts",
      async (stripe: Stripe) => {
        const { id: customer } = await stripe.customers.create({});
        const ids = await made(3, async () => ({
          id: (await stripe.invoices.create({ customer })).id ?? "",
        }));
        await stripe.invoices.del(ids[1] ?? "");
        return [ids, (page: Cursor) => stripe.invoices.list({ ...page, customer })] as const;
      },
    ],
    [
      "drafts, one of which is none any more",
      async (stripe: Stripe) => {
        const { id: customer } = await stripe.customers.create({});
        const ids = await made(3, async () => ({
          id: (await stripe.invoices.create({ customer })).id ?? "",
        }));
        await stripe.invoices.finalizeInvoice(ids[1] ?? "");
        return [ids, (page: Cursor) => stripe.invoices.list({ ...page, customer, status: "draft" })] as const;
      },
    ],
    [
      "tax ids",
      async (stripe: Stripe) => {
        const { id: customer } = await stripe.customers.create({});
        const fields = { type: "eu_vat", value: "DE123456789" } as const;
        const ids = await made(3, () => stripe.customers.createTaxId(customer, fields));
        await stripe.customers.deleteTaxId(customer, ids[1] ?? "");
        return [ids, (page: Cursor) => stripe.customers.listTaxIds(customer, page)] as const;
      },
    ],
    [
      "webhook endpoints",
      async (stripe: Stripe) => {
        const fields = { url: "https://example.com/hook", enabled_events: ["*" as const] };
        const ids = await made(3, () => stripe.webhookEndpoints.create(fields));
        await stripe.webhookEndpoints.del(ids[1] ?? "");
        return [ids, (page: Cursor) => stripe.webhookEndpoints.list(page)] as const;
      },
    ],
  ])("continues from a row that was deleted or no longer belongs to it: %s", async (_, make) => {
    const { stripe } = await connect();
    const [[newest = "", gone = "", oldest = ""], list] = await make(stripe);
    const idsOf = async (page: Cursor) => (await list(page)).data.map(({ id }) => id);
    expect(await idsOf({})).toEqual([newest, oldest]);
    expect(await idsOf({ starting_after: gone })).toEqual([oldest]);
    expect(await idsOf({ ending_before: gone })).toEqual([newest]);
  });

  it("goes one way at a time", async () => {
    const { stripe } = await connect();
    const [id = ""] = await customers(stripe, 1);
    const error = await refusal(stripe.customers.list({ starting_after: id, ending_before: id }));
    expect(error.message).toBe(
      "Received both starting_after and ending_before parameters. Please pass in only one.",
    );
    expect([error.statusCode, error.code, error.param]).toEqual([400, undefined, undefined]);
    // A row that isn't there comes first.
    const unknown = await refusal(stripe.customers.list({ starting_after: id, ending_before: "cus_none" }));
    expect(unknown.code).toBe("resource_missing");
  });

  it("gives events of one type or of twenty, and of no more", async () => {
    const { stripe } = await connect();
    await customers(stripe, 1);
    const types = ["customer.created", ...Array.from({ length: 19 }, (_, index) => `no.such_${index}`)];
    const { data } = await stripe.events.list({ types });
    expect(data.map(({ type }) => type)).toEqual(["customer.created"]);
    const many = await refusal(stripe.events.list({ types: [...types, "no.such_19"] }));
    expect([many.statusCode, many.param]).toEqual([400, "types"]);
    const both = await refusal(stripe.events.list({ types, type: "customer.created" }));
    expect([both.statusCode, both.code]).toEqual([400, "parameters_exclusive"]);
  });

  it("filters by an exact time and by ranges", async () => {
    const { stripe } = await connect({ clock: () => new Date(1_800_000_000_000) });
    await customers(stripe, 1);
    const found = async (created: Stripe.CustomerListParams["created"]) =>
      (await stripe.customers.list({ created: created ?? 0 })).data.length;
    const at = 1_800_000_000;
    expect(await Promise.all([found(at), found(at - 1)])).toEqual([1, 0]);
    expect(
      await Promise.all([found({ gte: at }), found({ gt: at }), found({ lte: at }), found({ lt: at })]),
    ).toEqual([1, 0, 1, 0]);
  });
});

type Owner = { id: string; metadata: Stripe.Metadata | null };
type Change = { metadata: Stripe.MetadataParam | "" };

/** One resource of each kind that has metadata: how it is made and how it is changed. */
const kinds: [string, (stripe: Stripe) => Promise<[Owner, (change: Change) => Promise<Owner>]>][] = [
  [
    "customer",
    async (stripe) => {
      const made = await stripe.customers.create({ metadata: { a: "1", b: "2" } });
      return [made, (change) => stripe.customers.update(made.id, change)];
    },
  ],
  [
    "product",
    async (stripe) => {
      const made = await stripe.products.create({ name: "Pro", metadata: { a: "1", b: "2" } });
      return [made, (change) => stripe.products.update(made.id, change)];
    },
  ],
  [
    "payment intent",
    async (stripe) => {
      const made = await stripe.paymentIntents.create({
        amount: 500,
        currency: "usd",
        metadata: { a: "1", b: "2" },
      });
      return [made, (change) => stripe.paymentIntents.update(made.id, change)];
    },
  ],
  [
    "setup intent",
    async (stripe) => {
      const made = await stripe.setupIntents.create({ metadata: { a: "1", b: "2" } });
      return [made, (change) => stripe.setupIntents.update(made.id, change)];
    },
  ],
  [
    "payment method",
    async (stripe) => {
      const { id } = await payer(stripe);
      const [method] = (await stripe.customers.listPaymentMethods(id)).data;
      const update = (change: Change) => stripe.paymentMethods.update(method?.id ?? "", change);
      return [await update({ metadata: { a: "1", b: "2" } }), update];
    },
  ],
  [
    "refund",
    async (stripe) => {
      const { id } = await stripe.paymentIntents.create({
        amount: 500,
        currency: "usd",
        payment_method: "pm_card_visa",
        confirm: true,
      });
      const made = await stripe.refunds.create({ payment_intent: id, metadata: { a: "1", b: "2" } });
      return [made, (change) => stripe.refunds.update(made.id, change)];
    },
  ],
  [
    "subscription",
    async (stripe) => {
      const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 2900)];
      const made = await stripe.subscriptions.create({
        customer: customer.id,
        items: [{ price: price.id }],
        metadata: { a: "1", b: "2" },
      });
      return [made, (change) => stripe.subscriptions.update(made.id, change)];
    },
  ],
];

describe("metadata", () => {
  it.each(kinds)("of a %s is merged, unset key by key, and emptied as a whole", async (_, make) => {
    const { stripe } = await connect();
    const [made, update] = await make(stripe);
    expect(made.metadata).toEqual({ a: "1", b: "2" });
    expect((await update({ metadata: { b: "", c: "3" } })).metadata).toEqual({ a: "1", c: "3" });
    expect((await update({ metadata: "" })).metadata).toEqual({});
  });
});
