import type { BillingProvider } from "@tollgate/core";
import { buildCatalog } from "@tollgate/core/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createBilling } from "../src/billing/create-billing.js";
import { memory } from "../src/stores/memory/memory.js";
import { newUser, openWorld, type World } from "./world.js";

const day = 86_400;
const catalog = buildCatalog();
const { pro, starter } = catalog.plans;
const plans = {
  ...catalog,
  plans: {
    ...catalog.plans,
    pro: { ...pro, trialWithoutCard: "pause" } as const,
    starter: { ...starter, trialDays: 14, trialWithoutCard: "cancel" } as const,
  },
};

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

const access = async () => (await world.call("GET", "/access", { as: user })).body;
async function settle() {
  for (const event of world.events(user)) await world.deliver(event);
  await world.billing.runJobs();
}
/** Through the checkout's page, which has a name to fill in and no card. */
async function begin(planId: string) {
  const body = { planId, interval: "month" };
  const { body: checkout } = await world.call("POST", "/checkout", { as: user, body });
  const form = new FormData();
  form.set("name", "Ada Lovelace");
  const page = `${world.sandbox.url}/c/pay/${checkout.id}`;
  expect((await fetch(page, { method: "POST", body: form, redirect: "manual" })).status).toBe(303);
  await settle();
}
const customerOf = async () => (await store.findCustomer(user, "stripe"))?.providerCustomerId ?? "";

test("begins with nothing but a name, and what there is to pay later is paid by a card that was added in time", async () => {
  await begin("pro");
  expect(await access()).toMatchObject({ planId: "pro", subscription: { status: "trialing" } });
  const customer = await customerOf();
  expect((await world.dashboard.customers.listPaymentMethods(customer)).data).toEqual([]);
  const { id } = await world.dashboard.paymentMethods.attach("pm_card_visa", { customer });
  await world.dashboard.customers.update(customer, { invoice_settings: { default_payment_method: id } });
  world.tick(15 * day);
  await settle();
  expect(await access()).toMatchObject({ planId: "pro", subscription: { status: "active" } });
});

test("pauses at its end where nobody added one, and is resumed by adding it: no second subscription or trial", async () => {
  await begin("pro");
  world.tick(15 * day);
  await settle();
  expect(await access()).toMatchObject({
    planId: "free",
    subscription: { status: "paused", pause: { reason: "trial_ended" } },
    features: { export: { allowed: false, reason: "payment_incomplete" } },
  });
  await world.dashboard.paymentMethods.attach("pm_card_visa", { customer: await customerOf() });
  await world.call("POST", "/subscription/resume", { as: user, body: {} });
  expect(await access()).toMatchObject({ planId: "pro", subscription: { status: "active" } });
  expect(await store.listSubscriptions(user)).toHaveLength(1);
});

test("ends at its end where the plan says so, and whoever comes back pays at once", async () => {
  await begin("starter");
  world.tick(15 * day);
  await settle();
  expect(await access()).toMatchObject({ planId: "free", trialUsed: true });
  const body = { planId: "pro", interval: "month" };
  const { body: checkout } = await world.call("POST", "/checkout", { as: user, body });
  const session = await world.dashboard.checkout.sessions.retrieve(checkout.id);
  expect(session).toMatchObject({ amount_total: 2900, payment_method_collection: "always" });
  await world.pay(checkout.id);
  await settle();
  expect(await access()).toMatchObject({ planId: "pro", subscription: { status: "active" } });
});

test("is told by GET /plans, and refused where the provider would ask for a card all the same", async () => {
  const { body } = await world.call("GET", "/plans");
  const told = Object.fromEntries(
    body.plans.map((one: { id: string; trialWithoutCard?: true }) => [one.id, one.trialWithoutCard]),
  );
  expect(told).toMatchObject({ free: undefined, pro: true, starter: true });
  const { provider } = world;
  const strict: BillingProvider = {
    ...provider,
    checkout: { ...provider.checkout, trialsWithoutCard: false },
    forApp: () => strict,
  };
  const create = () =>
    createBilling({
      ...{ plans, store },
      provider: strict,
      appUrl: "http://localhost",
      identify: () => null,
    });
  expect(create).toThrow(/has a trial of "starter" without a card/);
});
