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

let keys = 0;
const wish = ({ user }: Pick<Changer, "user">, amount: number, more: object = {}) => {
  keys += 1;
  const idempotencyKey = `key-${keys}`;
  return { customerId: user, amount, currency: "usd", description: "Data import", idempotencyKey, ...more };
};
const refused = (code: string, more: object = {}) => expect.objectContaining({ code, ...more });

test("credit is added once per key, pays the next invoice first, and the ledger says how it came to that", async () => {
  const one = await newChanger(world, starter);
  const { credit } = world.billing;
  expect(await credit.read({ customerId: one.user })).toEqual({
    currency: "usd",
    balance: 0,
    entries: [],
    next: null,
  });
  const sorry = wish(one, 1000, { description: "Sorry for Tuesday" });
  const [first, again] = await Promise.all([credit.add(sorry), world.instance().credit.add(sorry)]);
  expect(first).toMatchObject({
    amount: 1000,
    currency: "usd",
    balance: 1000,
    description: "Sorry for Tuesday",
  });
  expect(again).toEqual(first);
  world.tick(2 * day);
  expect(await credit.add(sorry), "days later, when the provider has forgotten the key").toEqual(first);
  const before = await one.charged();
  world.tick(31 * day);
  world.tick(2 * 3600);
  expect((await one.charged()) - before).toBe(0);
  const read = await credit.read({ customerId: one.user });
  expect(read).toMatchObject({ balance: 100, entries: [{ amount: -900, balance: 100 }, { id: first.id }] });
  const { invoices } = await world.billing.invoices.list({ customerId: one.user });
  expect(invoices[0]).toMatchObject({
    id: read.entries[0]?.invoiceId,
    total: 900,
    credit: 900,
    status: "paid",
  });
  const page = await credit.read({ customerId: one.user, limit: 1 });
  const rest = await credit.read({ customerId: one.user, limit: 1, after: page.next ?? "" });
  expect([...page.entries, ...rest.entries]).toEqual(read.entries);
  await expect(credit.read({ customerId: one.user, after: "cbtxn_zzz" })).rejects.toEqual(
    refused("invalid_query"),
  );
});

test("what is owed shows as a balance below zero", async () => {
  const one = await newChanger(world, starter);
  await world.dashboard.customers.createBalanceTransaction(one.customer, { amount: 250, currency: "usd" });
  expect(await world.billing.credit.read({ customerId: one.user })).toMatchObject({
    balance: -250,
    entries: [{ amount: -250 }],
  });
});

test.each(["credit", "charge"] as const)(
  "a %s is refused for what is wrong with it, and nothing is made",
  async (kind) => {
    const one = await newChanger(world, starter);
    const { credit, charges } = world.billing;
    const make = (given: ReturnType<typeof wish>) =>
      kind === "credit" ? credit.add(given) : charges.create(given);
    await expect(make(wish(one, 0))).rejects.toEqual(refused("invalid_options"));
    await expect(make(wish(one, -1))).rejects.toEqual(refused("invalid_options"));
    await expect(make(wish(one, 100, { description: "" }))).rejects.toEqual(refused("invalid_options"));
    await expect(make(wish(one, 100, { idempotencyKey: "" }))).rejects.toEqual(
      refused("invalid_idempotency_key"),
    );
    const conflict = refused("currency_conflict", { details: { required: "usd" } });
    await expect(make(wish(one, 100, { currency: "eur" }))).rejects.toEqual(conflict);
    await expect(make(wish({ user: newUser() }, 100))).rejects.toEqual(refused("not_a_customer"));
    await expect(make(wish({ user: "" }, 100))).rejects.toEqual(refused("invalid_options"));
    expect((await one.invoices()).length).toBe(1);
    expect((await credit.read({ customerId: one.user })).entries).toEqual([]);
    const used = wish(one, 100);
    await make(used);
    await expect(make({ ...used, amount: 200 })).rejects.toEqual(refused("invalid_idempotency_key"));
  },
);

test("a charge is one invoice and one payment, by two clicks and days later, too", async () => {
  const one = await newChanger(world, starter);
  const before = await one.charged();
  const given = wish(one, 4900);
  const { charges } = world.billing;
  const results = await Promise.all([charges.create(given), charges.create(given)]);
  world.tick(2 * day);
  results.push(await charges.create(given));
  const [{ invoiceId } = { invoiceId: "" }] = results;
  expect(results).toEqual(results.map(() => ({ invoiceId, status: "paid", clientSecret: null })));
  expect((await one.charged()) - before).toBe(4900);
  const { invoices } = await world.billing.invoices.list({ customerId: one.user });
  expect(invoices).toHaveLength(2);
  expect(invoices[0]).toMatchObject({
    ...{ id: invoiceId, status: "paid", total: 4900, subscriptionId: null },
    lines: [{ description: "Data import", amount: 4900 }],
  });
  await world.billing.charges.create(wish(one, 100));
  expect((await one.charged()) - before).toBe(5000);
});

test("credit pays a charge first, and what waits for the next invoice stays out of it", async () => {
  const one = await newChanger(world, starter);
  await world.billing.credit.add(wish(one, 300));
  const pending = { customer: one.customer, amount: 700, currency: "usd" };
  await world.dashboard.invoiceItems.create(pending);
  const before = await one.charged();
  await world.billing.charges.create(wish(one, 1000));
  expect((await one.charged()) - before).toBe(700);
});

test("a charge that is declined leaves nothing to be paid, and another key tries again", async () => {
  const one = await newChanger(world, starter);
  await one.payWith("pm_card_chargeCustomerFail");
  const given = wish(one, 4900);
  const declined = refused("payment_failed", {
    status: 402,
    details: expect.objectContaining({ reason: expect.any(String) }),
  });
  for (const _ of ["once", "again"])
    await expect(world.billing.charges.create(given)).rejects.toEqual(declined);
  expect((await one.invoices()).filter(({ status }) => status === "open")).toEqual([]);
  await one.payWith("pm_card_visa");
  expect(await world.billing.charges.create(wish(one, 4900))).toMatchObject({ status: "paid" });
});

test("a charge whose bank asks the customer stays open until they confirm it; nothing on file is refused", async () => {
  const one = await newChanger(world, starter);
  await one.payWith("pm_card_authenticationRequired");
  const given = wish(one, 4900);
  const asked = await world.billing.charges.create(given);
  expect(asked).toMatchObject({
    status: "requires_action",
    clientSecret: expect.stringContaining("_secret_"),
  });
  await one.confirm(asked.clientSecret ?? "", "succeed");
  expect(await world.billing.charges.create(given)).toEqual({ ...asked, status: "paid", clientSecret: null });
  const user = newUser();
  await world.call("POST", "/checkout", { as: user, body: starter });
  await expect(world.billing.charges.create(wish({ user }, 100))).rejects.toEqual(
    refused("payment_method_missing"),
  );
  expect((await world.billing.invoices.list({ customerId: user })).invoices).toMatchObject([
    { status: "void" },
  ]);
});
