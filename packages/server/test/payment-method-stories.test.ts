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

interface Listed {
  readonly id: string;
  readonly last4: string;
}
const list = async (as: string): Promise<readonly Listed[]> =>
  (await world.call("GET", "/payment-methods", { as })).body.paymentMethods;
const makeDefault = (as: string, id: string) =>
  world.call("POST", `/payment-methods/${id}/default`, { as, body: {} });
const remove = (as: string, id: string) => world.call("DELETE", `/payment-methods/${id}`, { as });
const missing = { status: 404, body: { error: { code: "not_found" } } };
const inUse = { status: 409, body: { error: { code: "payment_method_in_use" } } };

/** Adds a card as the browser does, and gives its id. */
const add = async (as: string, card: string): Promise<string> => {
  const { body } = await world.call("POST", "/payment-methods", { as, body: {} });
  const [intent = ""] = String(body.clientSecret).split("_secret_");
  const terms = { payment_method: card, return_url: "https://app.example.com/billing" };
  const confirmed = await world.dashboard.setupIntents.confirm(intent, terms);
  if (confirmed.status === "requires_action") await answerBank(intent);
  const { payment_method } = await world.dashboard.setupIntents.retrieve(intent);
  return String(payment_method);
};
const answerBank = async (intent: string) => {
  const form = new FormData();
  form.set("outcome", "succeed");
  await fetch(`${world.sandbox.url}/3ds/${intent}`, { method: "POST", body: form, redirect: "manual" });
};
/** The card that the latest charge was made to. */
const chargedTo = async ({ customer }: Changer) => {
  const { data } = await world.dashboard.charges.list({ customer, limit: 1 });
  return data[0]?.payment_method;
};
/** What Stripe charges where nothing names another one. */
const defaultAtStripe = async ({ customer }: Changer) => {
  const found = await world.dashboard.customers.retrieve(customer);
  return found.deleted ? undefined : found.invoice_settings.default_payment_method;
};
const renew = async (one: Changer) => {
  world.tick(31 * day);
  world.tick(2 * 3600);
  await one.hear();
};

test("whoever never paid has none, nobody but a manager sees any, and a stranger to the provider adds none", async () => {
  const stranger = newUser();
  expect(await list(stranger)).toEqual([]);
  const member = await world.call("GET", "/payment-methods", { as: stranger, role: "member" });
  expect(member).toMatchObject({ status: 403, body: { error: { code: "forbidden" } } });
  const refused = await world.call("POST", "/payment-methods", { as: stranger, body: {} });
  expect(refused).toMatchObject({ status: 409, body: { error: { code: "not_a_customer" } } });
});

test("what was bought with is the default, and a new card is one only when it is made that", async () => {
  const one = await newChanger(world, starter);
  const [bought] = await list(one.user);
  const known = {
    brand: "visa",
    last4: "4242",
    expiresAt: expect.stringMatching(/^20\d\d-\d\d-01T00:00:00/),
  };
  expect(await list(one.user)).toMatchObject([{ ...known, isDefault: true, inUse: true }]);
  const id = await add(one.user, "pm_card_mastercard");
  expect(await list(one.user)).toMatchObject([
    { id, brand: "mastercard", isDefault: false, inUse: false },
    { id: bought?.id, isDefault: true, inUse: true },
  ]);
  const answer = await makeDefault(one.user, id);
  expect(answer.body.paymentMethods).toMatchObject([
    { id, isDefault: true, inUse: true },
    { id: bought?.id, isDefault: false, inUse: false },
  ]);
  await renew(one);
  expect(await chargedTo(one)).toBe(id);
});

test("a change that waits for the period's end happens, and is charged to the new default", async () => {
  const one = await newChanger(world, { planId: "team", interval: "month", quantity: 5 });
  await one.agree({ planId: "starter" });
  const id = await add(one.user, "pm_card_mastercard");
  expect(await makeDefault(one.user, id)).toMatchObject({ status: 200 });
  expect(await one.access()).toMatchObject({ subscription: { pendingChange: { planId: "starter" } } });
  const before = await one.charged();
  await renew(one);
  expect((await one.charged()) - before).toBe(900);
  expect(await chargedTo(one)).toBe(id);
  expect(await one.access()).toMatchObject({ planId: "starter" });
  expect(await list(one.user)).toMatchObject([{ id, isDefault: true }, { isDefault: false }]);
});

test("the only card of a subscription that renews stays, until its end is planned", async () => {
  const one = await newChanger(world, starter);
  const [{ id = "" } = {}] = await list(one.user);
  expect(await remove(one.user, id)).toMatchObject(inUse);
  expect(await list(one.user)).toHaveLength(1);
  await world.call("POST", "/subscription/cancel", { as: one.user, body: {} });
  const removed = await remove(one.user, id);
  expect(removed).toMatchObject({ status: 200, body: { paymentMethods: [] } });
  expect(await one.access(), "the plan runs to its end").toMatchObject({ planId: "starter" });
  expect(await remove(one.user, id)).toMatchObject(missing);
});

test("another card takes the place of one that is removed, by two clicks at once, too", async () => {
  const one = await newChanger(world, starter);
  const [{ id: first = "" } = {}] = await list(one.user);
  const second = await add(one.user, "pm_card_mastercard");
  const clicks = await Promise.all([remove(one.user, first), remove(one.user, first)]);
  expect(clicks.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
  expect(clicks.filter(({ status }) => ![200, 404].includes(status))).toEqual([]);
  expect(await list(one.user)).toMatchObject([{ id: second, isDefault: true, inUse: true }]);
  await renew(one);
  expect(await chargedTo(one)).toBe(second);
  expect(await remove(one.user, second)).toMatchObject(inUse);
});

test("somebody else's, or one that was taken away, is not found, and nothing is written", async () => {
  const [one, other] = [await newChanger(world, starter), await newChanger(world, starter)];
  const [{ id: own = "" } = {}] = await list(one.user);
  const [{ id: others = "" } = {}] = await list(other.user);
  const gone = await add(one.user, "pm_card_mastercard");
  await remove(one.user, gone);
  const before = [await one.subscription(), await other.subscription()];
  for (const id of [others, gone, "pm_missing", "pm_1%2Fdetach", "__proto__"]) {
    expect(await makeDefault(one.user, id), id).toMatchObject(missing);
    expect(await remove(one.user, id), id).toMatchObject(missing);
  }
  expect([await one.subscription(), await other.subscription()]).toEqual(before);
  expect(await list(one.user)).toMatchObject([{ id: own, isDefault: true }]);
  expect(await list(other.user)).toMatchObject([{ id: others, isDefault: true }]);
});

test("a card that was used once and not kept is not listed", async () => {
  const user = newUser();
  const checkout = await world.buy(user, { productId: "credits", quantity: 1 });
  await world.call("GET", `/checkout/${checkout}`, { as: user });
  expect(await list(user)).toEqual([]);
});

test("whoever comes back with a new card is charged to that, and never to the one that ran out", async () => {
  const one = await newChanger(world, starter);
  const [{ id: old = "" } = {}] = await list(one.user);
  await makeDefault(one.user, old);
  await world.billing.subscriptions.cancel({ customerId: one.user, at: "now" });
  await one.hear();
  await world.dashboard.paymentMethods.update(old, { card: { exp_month: 1, exp_year: 2026 } });
  const again = await world.call("POST", "/checkout", { as: one.user, body: starter });
  await world.pay(again.body.id, "5555 5555 5555 4444");
  await world.call("GET", `/checkout/${again.body.id}`, { as: one.user });
  await one.hear();
  const fresh = (await list(one.user)).find(({ id }) => id !== old)?.id ?? "";
  expect(await list(one.user)).toMatchObject([
    { id: fresh, brand: "mastercard", isDefault: true, inUse: true },
    { id: old, isDefault: false, inUse: false },
  ]);
  expect(await chargedTo(one)).toBe(fresh);
  expect(await defaultAtStripe(one), "what is billed later does not try the old one").toBe(fresh);
  await renew(one);
  const { data } = await world.dashboard.charges.list({ customer: one.customer, limit: 100 });
  expect(data.map(({ payment_method, status }) => [payment_method, status])).toEqual([
    [fresh, "succeeded"],
    [fresh, "succeeded"],
    [old, "succeeded"],
  ]);
});

test("what a first plan is bought with, or what is bought once, takes nobody's place", async () => {
  const one = await newChanger(world, starter);
  await one.hear();
  expect(await defaultAtStripe(one)).toBeNull();
  const [{ id = "" } = {}] = await list(one.user);
  await makeDefault(one.user, id);
  const { body } = await world.call("POST", "/checkout", {
    as: one.user,
    body: { productId: "credits", quantity: 1 },
  });
  await world.pay(body.id, "5555 5555 5555 4444");
  await one.hear();
  expect(await defaultAtStripe(one)).toBe(id);
});

test("a card that its network renewed is shown as it is now", async () => {
  const one = await newChanger(world, starter);
  const [{ id = "" } = {}] = await list(one.user);
  await world.dashboard.paymentMethods.update(id, { card: { exp_month: 7, exp_year: 2039 } });
  expect(await list(one.user)).toMatchObject([
    { id, expiresAt: "2039-08-01T00:00:00.000Z", isDefault: true },
  ]);
});

test("past due, a new card is confirmed once, then the open invoice asks if its bank wants it, and the card is kept", async () => {
  const one = await newChanger(world, starter);
  await one.payWith("pm_card_chargeCustomerFail");
  await renew(one);
  expect(await one.access()).toMatchObject({ subscription: { status: "past_due" } });
  const id = await add(one.user, "pm_card_authenticationRequired");
  await makeDefault(one.user, id);
  const { invoices } = (await world.call("GET", "/invoices", { as: one.user })).body;
  const pay = () => world.call("POST", `/invoices/${invoices[0].id}/pay`, { as: one.user, body: {} });
  const { body } = await pay();
  expect(body).toMatchObject({ status: "requires_action" });
  await one.confirm(body.clientSecret, "fail");
  expect((await list(one.user)).find((card) => card.id === id)).toMatchObject({ isDefault: true });
  const again = await pay();
  await one.confirm(again.body.clientSecret, "succeed");
  await one.hear();
  expect(await one.access()).toMatchObject({ subscription: { status: "active" } });
});
