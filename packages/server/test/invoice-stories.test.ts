import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Changer, newChanger } from "./changer.js";
import { quickPglite } from "./quick-pglite.js";
import { newUser, openWorld, type World } from "./world.js";

const day = 86_400;
const starter = { planId: "starter", interval: "month" };
let world: World;

beforeAll(async () => {
  world = await openWorld({ store: quickPglite(), jobs: "manual", rateLimits: false });
});
afterAll(() => world.close());

const list = async (as: string, query = "") =>
  (await world.call("GET", `/invoices${query}`, { as })).body as {
    invoices: (Record<string, unknown> & { id: string; due: number; lines: unknown[] })[];
    next: string | null;
  };
const pay = (as: string, id: string, billing = world.billing) =>
  world.call("POST", `/invoices/${id}/pay`, { as, body: {}, billing });
/** An invoice that somebody makes in the provider's dashboard. */
const bill = async (
  customer: string,
  amount: number,
  currency = "usd",
  lines = 1,
): Promise<Stripe.Invoice> => {
  const terms = { customer, currency, collection_method: "send_invoice", days_until_due: 14 } as const;
  const { id: invoice } = await world.dashboard.invoices.create(terms);
  for (let line = 0; line < lines; line += 1)
    await world.dashboard.invoiceItems.create({ customer, invoice, amount, currency, description: "Set-up" });
  return world.dashboard.invoices.finalizeInvoice(invoice);
};
const newBuyer = (currency?: string) => newChanger(world, { ...starter, ...(currency && { currency }) });
/** A customer whose renewal has just failed. */
const newPastDue = async (card: string): Promise<Changer & { readonly owed: string }> => {
  const one = await newBuyer();
  await one.payWith(card);
  world.tick(31 * day);
  world.tick(2 * 3600);
  await one.hear();
  expect(await one.access()).toMatchObject({ subscription: { status: "past_due" } });
  const { invoices } = await list(one.user);
  return { ...one, owed: invoices[0]?.id ?? "" };
};
const open = (status: string) => ({
  status: 409,
  body: { error: { code: "invoice_not_open", details: { status } } },
});
const missing = { status: 404, body: { error: { code: "not_found" } } };

test("whoever was never billed has an empty list, and nobody but a manager sees any", async () => {
  const stranger = newUser();
  expect(await list(stranger)).toEqual({ invoices: [], next: null });
  expect((await world.call("GET", "/invoices/upcoming", { as: stranger })).body).toEqual({ upcoming: null });
  const member = await world.call("GET", "/invoices", { as: stranger, role: "member" });
  expect(member).toMatchObject({ status: 403, body: { error: { code: "forbidden" } } });
});

test("a paid one says what it was for, with its receipt, its page and its PDF, and what was paid back", async () => {
  const one = await newBuyer();
  const [paid] = (await list(one.user)).invoices;
  expect(paid).toMatchObject({
    ...{
      status: "paid",
      currency: "usd",
      total: 900,
      tax: 0,
      taxIncluded: 0,
      credit: 0,
      due: 0,
      refunded: 0,
    },
    ...{ dueAt: null, nextAttemptAt: null, subscriptionId: (await one.subscription()).id },
    ...{ number: expect.any(String), issuedAt: expect.any(String), paidAt: expect.any(String) },
    ...{ url: expect.stringContaining("http"), pdfUrl: expect.stringContaining("pdf") },
    lines: [{ amount: 900, quantity: 1, proration: false, description: expect.stringContaining("Starter") }],
  });
  const receipt = await fetch(String(paid?.receiptUrl));
  expect(receipt.status).toBe(200);
  const { data } = await world.dashboard.charges.list({ customer: one.customer });
  await world.dashboard.refunds.create({ charge: data[0]?.id ?? "", amount: 300 });
  expect((await list(one.user)).invoices[0]).toMatchObject({ status: "paid", total: 900, refunded: 300 });
});

test("they come a page at a time, the newest first, without drafts", async () => {
  const one = await newBuyer();
  const { customer } = one;
  for (const amount of [100, 200]) {
    world.tick(60);
    await bill(customer, amount);
  }
  await world.dashboard.invoices.create({ customer, auto_advance: false });
  const found: number[] = [];
  let next: string | null = "";
  for (let pages = 0; next !== null && pages < 9; pages += 1) {
    const page: Awaited<ReturnType<typeof list>> = await list(
      one.user,
      `?limit=1${next && `&after=${encodeURIComponent(next)}`}`,
    );
    expect(page.invoices.length).toBeLessThanOrEqual(1);
    found.push(...page.invoices.map(({ total }) => total as number));
    next = page.next;
  }
  expect(found).toEqual([200, 100, 900]);
  const direct = await world.billing.invoices.list({ customerId: one.user, limit: 3 });
  expect(direct.invoices.map(({ total }) => total)).toEqual([200, 100]);
  for (const query of [
    "?limit=0",
    "?limit=101",
    "?limit=x",
    "?after=nobody/in_1",
    "?after=stripe/in_zzz",
    "?after=x",
  ]) {
    const refused = await world.call("GET", `/invoices${query}`, { as: one.user });
    expect(refused, query).toMatchObject({ status: 400, body: { error: { code: "invalid_query" } } });
  }
});

test("amounts are in the minor unit of their currency, with every line, tax and credit", async () => {
  const one = await newBuyer();
  const { customer, user } = one;
  const rate = await world.dashboard.taxRates.create({
    display_name: "VAT",
    percentage: 19,
    inclusive: false,
  });
  await world.dashboard.customers.createBalanceTransaction(customer, { amount: -500, currency: "usd" });
  const { id } = await world.dashboard.invoices.create({ customer, default_tax_rates: [rate.id] });
  const item = { customer, invoice: id, currency: "usd" };
  for (let line = 0; line < 12; line += 1)
    await world.dashboard.invoiceItems.create({ ...item, amount: 100 });
  await world.dashboard.invoices.finalizeInvoice(id, { auto_advance: false });
  const [taxed] = (await list(user)).invoices;
  expect(taxed).toMatchObject({ id, total: 1428, tax: 228, credit: 500, due: 928, status: "open" });
  expect(taxed?.lines).toHaveLength(12);
  for (const [amount, currency] of [
    [800, "jpy"],
    [3500, "kwd"],
  ] as const) {
    const other = await world.dashboard.customers.create({ metadata: { tollgate_customer: newUser() } });
    const { id: invoiceId } = await bill(other.id, amount, currency);
    const found = await world.provider.invoices?.read({ invoiceId, providerCustomerId: other.id });
    expect(found).toMatchObject({ total: amount, due: amount, currency });
  }
});

test("one that failed is refused with the issuer's reason, and paid once another card is on file", async () => {
  const one = await newPastDue("pm_card_chargeCustomerFail");
  const before = await one.charged();
  expect((await list(one.user)).invoices[0]).toMatchObject({ status: "open", due: 900, receiptUrl: null });
  for (const _ of ["once", "again"])
    expect(await pay(one.user, one.owed)).toMatchObject({
      status: 402,
      body: { error: { code: "payment_failed", details: { reason: expect.stringMatching(/^[a-z_]+$/) } } },
    });
  expect(await one.access()).toMatchObject({ subscription: { status: "past_due" } });
  await one.payWith("pm_card_visa");
  const answer = await pay(one.user, one.owed);
  expect(answer).toMatchObject({
    status: 200,
    body: {
      status: "paid",
      clientSecret: null,
      access: { subscription: { status: "active" }, attention: null },
    },
  });
  expect((await one.charged()) - before).toBe(900);
  expect(await pay(one.user, one.owed)).toMatchObject(open("paid"));
});

test("two clicks in two tabs at two instances charge once", async () => {
  const one = await newPastDue("pm_card_chargeCustomerFail");
  await one.payWith("pm_card_visa");
  const before = await one.charged();
  const other = world.instance();
  const answers = await Promise.all([
    pay(one.user, one.owed),
    pay(one.user, one.owed, other),
    pay(one.user, one.owed),
    pay(one.user, one.owed, other),
  ]);
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
  expect(answers.filter(({ status }) => ![200, 409, 503].includes(status))).toEqual([]);
  expect((await one.charged()) - before).toBe(900);
});

test("3-D Secure is finished in the browser, and asked for once", async () => {
  const one = await newPastDue("pm_card_authenticationRequired");
  const before = await one.charged();
  const first = await pay(one.user, one.owed);
  expect(first.body).toMatchObject({
    status: "requires_action",
    clientSecret: expect.stringContaining("_secret_"),
  });
  expect((await pay(one.user, one.owed)).body.clientSecret).toBe(first.body.clientSecret);
  expect(await one.charged()).toBe(before);
  await one.confirm(first.body.clientSecret, "succeed");
  await one.hear();
  expect((await one.charged()) - before).toBe(900);
  expect(await one.access()).toMatchObject({ subscription: { status: "active" } });
});

test("a card that wants 3-D Secure gives way to another one", async () => {
  const one = await newPastDue("pm_card_authenticationRequired");
  await pay(one.user, one.owed);
  await one.payWith("pm_card_visa");
  expect((await pay(one.user, one.owed)).body).toMatchObject({ status: "paid" });
});

test("where nothing is on file the browser enters what pays", async () => {
  const user = newUser();
  await world.call("POST", "/checkout", { as: user, body: starter });
  const customer = (await world.billing.customers.find(user))?.providerCustomerId ?? "";
  const { id } = await bill(customer, 1200);
  expect((await pay(user, id)).body).toMatchObject({
    status: "requires_payment_method",
    clientSecret: expect.stringContaining("_secret_"),
  });
});

test("one that can't be paid says why, and somebody else's is not found", async () => {
  const [one, other] = [await newBuyer(), await newBuyer()];
  const { dashboard } = world;
  const draft = await dashboard.invoices.create({ customer: one.customer, auto_advance: false });
  expect(await pay(one.user, draft.id)).toMatchObject(open("draft"));
  const [first, second, third] = [
    await bill(one.customer, 100),
    await bill(one.customer, 200),
    await bill(one.customer, 700),
  ];
  await dashboard.invoices.voidInvoice(first.id);
  expect(await pay(one.user, first.id)).toMatchObject(open("void"));
  await dashboard.invoices.markUncollectible(second.id);
  expect(await pay(one.user, second.id)).toMatchObject(open("uncollectible"));
  const before = await one.charged();
  for (const id of [third.id, "in_missing", "in_1%2Fpay", "__proto__"])
    expect(await pay(other.user, id), id).toMatchObject(missing);
  expect(await pay(newUser(), third.id)).toMatchObject(missing);
  expect(await one.charged()).toBe(before);
  expect(await dashboard.invoices.retrieve(third.id)).toMatchObject({ status: "open", attempt_count: 0 });
});

test("what is owed after the end can still be paid", async () => {
  const one = await newPastDue("pm_card_chargeCustomerFail");
  await world.call("POST", "/subscription/cancel", { as: one.user, body: {} });
  await one.payWith("pm_card_visa").catch(() => undefined);
  expect((await list(one.user)).invoices[0]).toMatchObject({
    id: one.owed,
    status: "open",
    nextAttemptAt: null,
  });
  expect((await pay(one.user, one.owed)).body).toMatchObject({
    status: "paid",
    access: { planId: "free", subscription: { status: "ended" } },
  });
});

test("the next one is what is charged then, a change that waits included; none comes after a cancellation", async () => {
  const one = await newChanger(world, { planId: "team", interval: "month", quantity: 5 });
  await world.dashboard.customers.createBalanceTransaction(one.customer, { amount: -100, currency: "usd" });
  const upcoming = async () =>
    (await world.call("GET", "/invoices/upcoming", { as: one.user })).body.upcoming;
  const { currentPeriod } = (await one.access()).subscription as { currentPeriod: { end: string } };
  const team = { at: currentPeriod.end, total: 7500, credit: 100, due: 7400, currency: "usd" };
  expect(await upcoming()).toMatchObject({ ...team, lines: [{ amount: 7500 }] });
  await one.agree({ planId: "starter" });
  expect(await upcoming()).toMatchObject({ ...team, total: 900, due: 800 });
  await world.call("POST", "/subscription/undo-change", { as: one.user, body: {} });
  const foreseen = await upcoming();
  expect(foreseen).toMatchObject(team);
  const before = await one.charged();
  world.tick(31 * day);
  world.tick(2 * 3600);
  await one.hear();
  expect((await one.charged()) - before).toBe(foreseen.due);
  await world.call("POST", "/subscription/cancel", { as: one.user, body: {} });
  expect(await upcoming()).toBeNull();
});
