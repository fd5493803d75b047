import type { CallbackType } from "@tollgate/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { memory } from "../src/stores/memory/memory.js";
import { newUser, openWorld, type World } from "./world.js";

/** https://docs.stripe.com/testing#refunds */
const refundFails = "4000 0000 0000 5126";
const day = 86_400;

let world: World;
const told: { readonly type: CallbackType; readonly user: string }[] = [];
const store = memory();

beforeAll(async () => {
  const types = ["product.purchased", "product.returned", "product.restored"] as const;
  const note = (type: CallbackType) => (data: { readonly customerId: string }) =>
    void told.push({ type, user: data.customerId });
  const on = Object.fromEntries(types.map((type) => [type, note(type)]));
  world = await openWorld({ store, jobs: "manual", rateLimits: false, on });
});
afterAll(() => world.close());

const credits = { productId: "credits", quantity: 3 };
/** Three for 10.00 each, paid; nothing has been heard of it yet. */
async function buyCredits({ card = "4242 4242 4242 4242" } = {}) {
  const user = newUser();
  world.tick(60);
  const { body } = await world.call("POST", "/checkout", { as: user, body: credits });
  await world.pay(body.id, card);
  return { user, checkoutId: String(body.id), wish: { customerId: user, checkoutId: String(body.id) } };
}
/** Delivers all that the provider has told of them again, one kind only if asked to, and runs what waits. */
async function settle(user: string, only?: string) {
  const customer = (await store.findCustomer(user, "stripe"))?.providerCustomerId ?? "";
  const charges = await world.dashboard.charges.list({ customer });
  const ids = new Set([customer, ...charges.data.map(({ id }) => id)]);
  for (const event of world.sandbox.events()) {
    if (only !== undefined && !event.type.startsWith(only)) continue;
    const { customer: of, charge } = event.data.object as Readonly<Record<string, unknown>>;
    if (ids.has(String(of)) || ids.has(String(charge))) await world.deliver(event);
  }
  for (;;) {
    const { callbacks, jobs, done } = await world.billing.runJobs();
    if (done && callbacks + jobs === 0) return;
  }
}
const owned = async (user: string) => (await world.call("GET", "/access", { as: user })).body.owned;
const namesTo = (user: string) => told.filter((one) => one.user === user).map(({ type }) => type);
const chargeOf = async (user: string) => {
  const customer = (await store.findCustomer(user, "stripe"))?.providerCustomerId ?? "";
  return (await world.dashboard.charges.list({ customer })).data[0]?.id ?? "";
};
const act = (charge: string, what: string, params: Record<string, string> = {}) =>
  world.dashboard.rawRequest("POST", `/v1/sandbox/charges/${charge}/${what}`, params);

test("a product that is paid back is owned no longer, and can be bought again; a part of it changes nothing", async () => {
  const { user, wish } = await buyCredits();
  await settle(user);
  const part = await world.billing.refunds.create({ ...wish, amount: 1000 });
  expect(part.payment).toMatchObject({ paid: 3000, refunded: 1000, refundable: 2000, invoiceId: null });
  await settle(user);
  expect(await owned(user)).toEqual({ credits: 3 });
  await world.billing.refunds.create(wish);
  await settle(user);
  await settle(user);
  expect(await owned(user)).toEqual({ credits: 0 });
  expect(namesTo(user)).toEqual(["product.purchased", "product.returned"]);
  await expect(world.billing.refunds.create(wish)).rejects.toMatchObject({ code: "nothing_to_refund" });
  const stranger = { ...wish, customerId: newUser() };
  await expect(world.billing.refunds.create(stranger)).rejects.toMatchObject({ code: "not_found" });
});

test("a refund in the provider's dashboard does the same, even where it is heard of before the purchase", async () => {
  const { user } = await buyCredits();
  await world.dashboard.refunds.create({ charge: await chargeOf(user) });
  await settle(user, "refund");
  expect(await owned(user)).toEqual({ credits: 0 });
  await settle(user);
  expect(await owned(user)).toEqual({ credits: 0 });
  expect(namesTo(user)).toEqual(["product.returned"]);
});

test("a choice of the call counts, and a policy that keeps it keeps it", async () => {
  const { user, wish } = await buyCredits();
  await settle(user);
  await world.billing.refunds.create({ ...wish, access: "keep" });
  await settle(user);
  expect(await owned(user)).toEqual({ credits: 3 });
  const other = await buyCredits();
  await settle(other.user);
  await world.billing.refunds.create({ ...other.wish, amount: 1, access: "end" });
  await settle(other.user);
  expect(await owned(other.user)).toEqual({ credits: 0 });
});

test("what the bank refuses days later is owned again", async () => {
  const { user, wish } = await buyCredits({ card: refundFails });
  await settle(user);
  await world.billing.refunds.create(wish);
  await settle(user);
  expect(await owned(user)).toEqual({ credits: 0 });
  world.tick(day);
  await settle(user);
  await settle(user);
  expect(await owned(user)).toEqual({ credits: 3 });
  expect(namesTo(user)).toEqual(["product.purchased", "product.returned", "product.restored"]);
});

test("a dispute takes it back when it is lost, not while it is open, and not when it is won", async () => {
  for (const [outcome, left] of [
    ["lost", 0],
    ["won", 3],
  ] as const) {
    const { user } = await buyCredits();
    await settle(user);
    await act(await chargeOf(user), "dispute", { kind: "dispute_fraudulent" });
    await settle(user);
    expect(await owned(user)).toEqual({ credits: 3 });
    const { data } = await world.dashboard.disputes.list({ charge: await chargeOf(user) });
    const evidence = { uncategorized_text: outcome === "won" ? "winning_evidence" : "losing_evidence" };
    await world.dashboard.disputes.update(data[0]?.id ?? "", { evidence, submit: true });
    world.tick(day);
    await settle(user);
    expect(await owned(user), outcome).toEqual({ credits: left });
  }
});
