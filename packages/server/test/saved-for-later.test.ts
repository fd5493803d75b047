import { BillingError, type BillingProvider } from "@tollgate/core";
import { buildCatalog } from "@tollgate/core/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { memory } from "../src/stores/memory/memory.js";
import { newChanger } from "./changer.js";
import { newUser, openWorld, type World } from "./world.js";

const day = 86_400;
const catalog = buildCatalog();
const { pro } = catalog.plans;
const plans = {
  ...catalog,
  plans: { ...catalog.plans, pro: { ...pro, trialWithoutCard: "pause" } as const },
};
const mastercard = "5555 5555 5555 4444";

const store = memory();
let world: World;
let user: string;

beforeAll(async () => {
  world = await openWorld({ store, plans, jobs: "manual", rateLimits: false });
});
afterAll(() => world.close());
beforeEach(() => {
  user = newUser();
  world.tick(60);
});

const open = (as: string, body: object = {}, billing = world.billing) =>
  world.call("POST", "/payment-methods/checkout", { as, body, billing });
const settled = async (as: string, id: string) => (await world.call("GET", `/checkout/${id}`, { as })).body;
const list = async (as: string): Promise<readonly { id: string; isDefault: boolean; brand: string }[]> =>
  (await world.call("GET", "/payment-methods", { as })).body.paymentMethods;
const accessOf = async (as: string) => (await world.call("GET", "/access", { as })).body;
const sessionOf = (id: string) => world.dashboard.checkout.sessions.retrieve(id);
async function hear(as: string) {
  for (const event of world.events(as)) await world.deliver(event);
  await world.billing.runJobs();
}
const save = async (as: string, card = mastercard): Promise<string> => {
  const { body } = await open(as);
  await world.pay(body.id, card);
  return body.id;
};

test("asks for nothing but the card, in the mode that buys nothing, of whoever never bought before, too", async () => {
  const { status, body } = await open(user, { returnUrl: "/done" });
  expect(status).toBe(200);
  expect(body).toMatchObject({ kind: "hosted", clientSecret: null });
  expect(await sessionOf(body.id)).toMatchObject({
    ...{ mode: "setup", amount_total: null, currency: "usd", payment_status: "no_payment_required" },
    ...{ client_reference_id: user, metadata: { tollgate_customer: user } },
    success_url: "https://app.example.com/done?checkout={CHECKOUT_SESSION_ID}",
  });
  expect(await settled(user, body.id)).toMatchObject({ status: "open", payment: "not_required" });
  await world.pay(body.id, mastercard);
  expect(await settled(user, body.id)).toMatchObject({ status: "complete", payment: "not_required" });
  expect(await list(user)).toMatchObject([{ brand: "mastercard", isDefault: true }]);
  expect(await accessOf(user)).toMatchObject({ planId: "free", subscription: null });
});

test.each(["return", "webhook", "both"])("is what renewals are charged to, by the %s", async (way) => {
  const one = await newChanger(world, { planId: "team", interval: "month", quantity: 5 });
  await one.agree({ planId: "starter" });
  const before = await one.charged();
  const id = await save(one.user);
  if (way !== "webhook") await settled(one.user, id);
  if (way !== "return") await one.hear();
  const [saved, first] = await list(one.user);
  expect([saved, first]).toMatchObject([
    { brand: "mastercard", isDefault: true, inUse: true },
    { isDefault: false, inUse: false },
  ]);
  expect(await one.charged(), "nothing is charged for it").toBe(before);
  world.tick(31 * day + 7200);
  await one.hear();
  expect(await accessOf(one.user), "the change that waited").toMatchObject({ planId: "starter" });
  const { data } = await world.dashboard.charges.list({ customer: one.customer, limit: 1 });
  expect(data[0]?.payment_method).toBe(saved?.id);
});

test("settles once: a late webhook and a page that is loaded again leave a later choice alone", async () => {
  const one = await newChanger(world, { planId: "starter", interval: "month" });
  const [{ id: first = "" } = {}] = await list(one.user);
  const id = await save(one.user);
  await settled(one.user, id);
  await world.call("POST", `/payment-methods/${first}/default`, { as: one.user, body: {} });
  await one.hear();
  await settled(one.user, id);
  await open(one.user);
  expect((await list(one.user)).find(({ isDefault }) => isDefault)).toMatchObject({ id: first });
});

/** Somebody whose trial ended without a card; whether we have heard of it yet is up to the test. */
async function endTrial(): Promise<void> {
  const body = { planId: "pro", interval: "month" };
  const { body: trial } = await world.call("POST", "/checkout", { as: user, body });
  const form = new FormData();
  form.set("name", "Ada Lovelace");
  const page = `${world.sandbox.url}/c/pay/${trial.id}`;
  expect((await fetch(page, { method: "POST", body: form, redirect: "manual" })).status).toBe(303);
  await hear(user);
  world.tick(15 * day);
}
const charges = async () => {
  const link = await store.findCustomer(user, "stripe");
  const { data } = await world.dashboard.charges.list({ customer: link?.providerCustomerId ?? "" });
  return data.map(({ amount, status }) => [amount, status]);
};

test.each(["return", "webhook"])("resumes a trial that had ended without a card, by the %s", async (way) => {
  await endTrial();
  // By the return alone, nobody has heard yet that it ended.
  if (way === "webhook") await hear(user);
  const id = await save(user);
  if (way === "webhook") await hear(user);
  const { access } = await settled(user, id);
  expect(access).toMatchObject({ planId: "pro", subscription: { status: "active" } });
  await hear(user);
  expect(await charges()).toEqual([[2900, "succeeded"]]);
});

test("keeps a card whose first payment fails, and the trial stays paused with an invoice to pay", async () => {
  await endTrial();
  await hear(user);
  const id = await save(user, "4000 0000 0000 0341");
  const body = await settled(user, id);
  expect(body).toMatchObject({ status: "complete", access: { subscription: { status: "paused" } } });
  expect(await list(user)).toMatchObject([{ isDefault: true }]);
  await hear(user);
  expect(await charges()).toEqual([[2900, "failed"]]);
});

test("keeps a card where the provider refuses to resume, and tries again where it is out of reach", async () => {
  await endTrial();
  await hear(user);
  const id = await save(user);
  const { provider } = world;
  const { manage } = provider;
  const refusing = (code: "provider_rejected" | "provider_unavailable") => {
    const refuse = () => Promise.reject(new BillingError(code, "Not now."));
    const endings = manage.endings && { ...manage.endings, resume: refuse };
    const able: BillingProvider = { ...provider, manage: { ...manage, ...(endings && { endings }) } };
    const made: BillingProvider = { ...able, forApp: () => made };
    return world.instance({ provider: made });
  };
  const come = (code: Parameters<typeof refusing>[0]) =>
    world.call("GET", `/checkout/${id}`, { as: user, billing: refusing(code) });
  expect(await come("provider_unavailable")).toMatchObject({ status: 503 });
  const record = await store.findCheckout(id, user);
  expect(record?.status, "it is looked at again").toBe("open");
  expect(await come("provider_rejected")).toMatchObject({ status: 200, body: { status: "complete" } });
  expect(await list(user)).toMatchObject([{ isDefault: true }]);
  expect(world.logged).toContainEqual(
    expect.objectContaining({
      level: "warn",
      fields: expect.objectContaining({ code: "provider_rejected" }),
    }),
  );
});

test("leaves a pause that somebody asked for, and what is past due, as they are", async () => {
  const one = await newChanger(world, { planId: "starter", interval: "month" });
  await world.call("POST", "/subscription/pause", { as: one.user, body: {} });
  const before = await one.charged();
  await settled(one.user, await save(one.user));
  expect(await accessOf(one.user)).toMatchObject({ subscription: { status: "paused" } });
  const late = await newChanger(world, { planId: "starter", interval: "month" });
  await late.payWith("pm_card_chargeCustomerFail");
  world.tick(31 * day + 7200);
  await late.hear();
  const owed = await late.charged();
  await settled(late.user, await save(late.user));
  expect(await accessOf(late.user)).toMatchObject({ subscription: { status: "past_due" } });
  expect([await one.charged(), await late.charged()]).toEqual([before, owed]);
  const { invoices } = (await world.call("GET", "/invoices", { as: late.user })).body;
  const paid = await world.call("POST", `/invoices/${invoices[0].id}/pay`, { as: late.user, body: {} });
  expect(paid.body).toMatchObject({ status: "paid" });
});

test("is one for two tabs at two instances, another one where it is asked for otherwise, and a new one when it ran out", async () => {
  const other = world.instance();
  const answers = await Promise.all([open(user), open(user), open(user, {}, other), open(user, {}, other)]);
  const ids = new Set(answers.map(({ body }) => body.id));
  expect(ids.size).toBe(1);
  const elements = await open(user, { kind: "elements" });
  const openOnes = async () => (await world.checkouts(user)).filter(({ status }) => status === "open");
  expect((await openOnes()).map(({ id }) => id)).toEqual([elements.body.id]);
  await world.dashboard.checkout.sessions.expire(elements.body.id);
  await hear(user);
  expect(await settled(user, elements.body.id)).toMatchObject({ status: "expired" });
  const { body } = await open(user, { kind: "elements" });
  expect(body.id).not.toBe(elements.body.id);
});

test.each(["elements", "embedded"])("is saved on a page of the app, with %s", async (kind) => {
  const { body } = await open(user, { kind, returnUrl: "/done" });
  expect(body).toMatchObject({ kind, url: null, clientSecret: expect.stringContaining("_secret_") });
  if (kind === "elements") {
    const params = { client_secret: body.clientSecret, payment_method: "pm_card_mastercard" };
    const headers = { authorization: `Bearer ${world.sandbox.publishableKey}` };
    const target = `${world.sandbox.url}/v1/payment_pages/${body.id}/confirm`;
    await fetch(target, { method: "POST", body: new URLSearchParams(params), headers });
  } else {
    const form = new FormData();
    const card = { number: mastercard, expiry: "12 / 34", cvc: "123", name: "Ada Lovelace" };
    for (const [name, value] of Object.entries(card)) form.set(name, value);
    const target = `${world.sandbox.url}/embedded-checkout/${body.clientSecret}`;
    await fetch(target, { method: "POST", body: form, redirect: "manual" });
  }
  expect(await settled(user, body.id)).toMatchObject({ status: "complete" });
  expect(await list(user)).toMatchObject([{ brand: "mastercard", isDefault: true }]);
});

test("is asked for by managers only, leads nowhere else, and is nobody else's to settle", async () => {
  const member = await world.call("POST", "/payment-methods/checkout", {
    ...{ as: user, role: "member", body: {} },
  });
  expect(member).toMatchObject({ status: 403, body: { error: { code: "forbidden" } } });
  const away = await open(user, { returnUrl: "https://evil.example" });
  expect(away).toMatchObject({ status: 400, body: { error: { code: "invalid_return_url" } } });
  expect(await open(user, { customer: "cus_1" })).toMatchObject({ status: 400 });
  const id = await save(user);
  const stranger = await world.call("GET", `/checkout/${id}`, { as: newUser() });
  expect(stranger).toMatchObject({ status: 404, body: { error: { code: "checkout_not_found" } } });
});

test("does nothing for a customer who was deleted meanwhile, here or at the provider", async () => {
  const all = async () => (await world.dashboard.charges.list({ limit: 100 })).data.length;
  const before = await all();
  await endTrial();
  await hear(user);
  await save(user);
  await world.billing.customers.delete({ customerId: user });
  await hear(user);
  expect(await world.billing.customers.find(user)).toBeNull();
  expect(await all()).toBe(before);
  user = newUser();
  const { body } = await open(user);
  await world.pay(body.id, mastercard);
  const link = await store.findCustomer(user, "stripe");
  await world.dashboard.customers.del(link?.providerCustomerId ?? "");
  expect(await settled(user, body.id)).toMatchObject({ status: "complete" });
  expect((await open(user)).status).toBe(200);
});

test("is refused by a provider that saves nothing without a purchase", async () => {
  const { provider } = world;
  const { openCheckout: _, ...paymentMethods } = provider.paymentMethods ?? {};
  const without = { ...provider, paymentMethods, forApp: () => without } as typeof provider;
  const answer = await open(user, {}, world.instance({ provider: without }));
  expect(answer).toMatchObject({ status: 501, body: { error: { code: "not_supported" } } });
});
