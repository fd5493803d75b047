import type { Consent } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { memory } from "../src/stores/memory/memory.js";
import { newUser, openWorld, type World } from "./world.js";

const starter = { planId: "starter", interval: "month" };
const store = memory();
let world: World;
let user: string;

beforeAll(async () => {
  const terms = { consent: { terms: "required", promotions: "auto" } } as const;
  world = await openWorld({ store, terms, jobs: "manual", rateLimits: false });
});
afterAll(() => world.close());
beforeEach(() => {
  user = newUser();
  world.tick(60);
});

const at = () => new Date(Math.floor(world.sandbox.now().getTime() / 1000) * 1000).toISOString();
async function buy(body: object = starter, path = "/checkout"): Promise<string> {
  const opened = await world.call("POST", path, { as: user, body });
  await world.sandbox.pay(opened.body.id);
  return opened.body.id;
}
const come = (id: string) => world.call("GET", `/checkout/${id}`, { as: user });
async function hear() {
  for (const event of world.events(user)) await world.deliver(event);
  await world.billing.runJobs();
}
const kept = (checkoutId: string) => store.findConsent({ provider: "stripe", bought: { checkoutId } });
const exported = async (): Promise<readonly Consent[]> => {
  const document = await world.billing.customers.export({ customerId: user });
  const { consents } = await document.json();
  return consents as unknown as readonly Consent[];
};

test.each([
  ["a plan", starter, "/checkout"],
  ["a product", { productId: "credits" }, "/checkout"],
  ["a card for later", {}, "/payment-methods/checkout"],
])("at the checkout of %s is kept with its time, and exported", async (_, body, path) => {
  const agreedAt = at();
  const checkoutId = await buy(body, path);
  world.tick(30);
  await hear();
  const [subscription] = await store.listSubscriptions(user);
  const consent = {
    ...{ provider: "stripe", checkoutId, customerId: user, subscriptionId: subscription?.id ?? null },
    ...{ terms: true, promotions: "opt_out" },
  };
  // Of a checkout that a job settles, the provider only says that it was given.
  const time = path === "/checkout" ? agreedAt : expect.stringMatching(/^2026-11-21T/);
  expect(await kept(checkoutId)).toEqual({ ...consent, agreedAt: time });
  expect(await exported()).toEqual([{ ...consent, agreedAt: time }]);
});

test("is kept by the return as well, and the webhook that comes late knows the time better", async () => {
  const agreedAt = at();
  const id = await buy();
  world.tick(90);
  await come(id);
  expect(await kept(id)).toMatchObject({ terms: true, agreedAt: world.sandbox.now().toISOString() });
  await hear();
  expect(await kept(id)).toMatchObject({ terms: true, agreedAt });
  world.tick(90);
  await come(id);
  expect(await kept(id)).toMatchObject({ agreedAt });
  expect(await exported()).toHaveLength(1);
});

test("is not made up: an open checkout, one that ran out and one that asked for nothing leave none", async () => {
  const { body } = await world.call("POST", "/checkout", { as: user, body: starter });
  await come(body.id);
  await world.dashboard.checkout.sessions.expire(body.id);
  await hear();
  expect(await exported()).toEqual([]);
});

test("is evidence in a dispute, from our own store before the provider's", async () => {
  const agreedAt = at();
  const id = await buy();
  await come(id);
  await hear();
  const link = await store.findCustomer(user, "stripe");
  const { data } = await world.dashboard.charges.list({ customer: link?.providerCustomerId ?? "" });
  const charge = data[0]?.id;
  await world.dashboard.rawRequest("POST", `/v1/sandbox/charges/${charge}/dispute`, {
    kind: "dispute_fraudulent",
  });
  const [dispute] = await world.billing.disputes.list({ customerId: user });
  const disputeId = dispute?.id ?? "";
  const { fields } = await world.billing.disputes.save({ disputeId });
  expect(fields.termsAccepted).toBe(`${agreedAt}, at checkout ${id}`);
  const staged = await world.dashboard.disputes.retrieve(disputeId);
  expect(staged.evidence.uncategorized_text).toContain(`Terms accepted: ${agreedAt}, at checkout ${id}`);
  // Bought before consent was stored here.
  const before = world.instance({ store: { ...store, findConsent: async () => null } });
  const { fields: theirs } = await before.disputes.evidence({ disputeId });
  expect(theirs.termsAccepted).toMatch(/^2026-11-21T[\d:.]+Z$/);
});

test("of somebody who was deleted says only that terms were accepted, under their reference", async () => {
  const id = await buy();
  await hear();
  const report = await world.billing.customers.delete({ customerId: user });
  expect(await exported()).toEqual([]);
  const { reference } = report;
  expect(await kept(id)).toMatchObject({ customerId: reference, terms: true, promotions: null });
  await hear();
  expect(await kept(id)).toMatchObject({ customerId: reference, promotions: null });
});
