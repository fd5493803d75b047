import type { Store } from "@tollgate/core";
import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type StripeConnect, stripe } from "../src/providers/stripe/index.js";
import { memory } from "../src/stores/memory/memory.js";
import { describeEachStore } from "./each-store.js";
import { newUser, openWorld, type World } from "./world.js";

const connectSecret = "whsec_connect_endpoint_0001";
const sellers = { bakery: "", cafe: "" };

const stories = (createStore: () => Store): void => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ store: createStore(), jobs: "manual", rateLimits: false });
    for (const name of ["bakery", "cafe"] as const) sellers[name] = await onboarded(world);
  });
  afterAll(() => world.close());

  /** The platform's own account, or the connected one that is given. */
  const account = (id: string, connect: StripeConnect = {}, webhookSecret = connectSecret) => {
    const { secretKey, url: apiBase } = world.sandbox;
    return stripe({ id, secretKey, webhookSecret, apiBase, requestsPerSecond: 1_000, connect });
  };
  const direct = (name: keyof typeof sellers, more: StripeConnect = {}) =>
    account(`stripe-${name}`, { account: sellers[name], feePercent: 10, ...more });
  const platform = (connect: StripeConnect = {}) => account("stripe", connect, world.sandbox.webhookSecret);

  const buy = async (billing: World["billing"], user: string, body: Record<string, unknown>) => {
    const opened = await world.call("POST", "/checkout", { as: user, body, billing });
    expect(opened).toMatchObject({ status: 200 });
    await world.pay(opened.body.id);
    world.tick(5);
    const after = await world.call("GET", `/checkout/${opened.body.id}`, { as: user, billing });
    expect(after.status).toBe(200);
    return opened.body.id as string;
  };
  const starter = { planId: "starter", interval: "month" };
  const books = async (stripeAccount?: string) => {
    const rows = await world.dashboard.balanceTransactions.list(
      { limit: 100 },
      stripeAccount === undefined ? {} : { stripeAccount },
    );
    return rows.data.map(({ type, amount, fee }) => [type, amount, fee]).reverse();
  };
  const invoiceOf = async (billing: World["billing"], customerId: string) => {
    const [invoice] = (await billing.invoices.list({ customerId })).invoices;
    return invoice?.id ?? "";
  };

  test.each([
    ["return", [["payment_refund", -900, -90]]],
    ["keep", []],
  ] as const)(
    "a seller gets what the platform sold, less the fee, and a refund that is told to %s does so",
    async (refunds, back) => {
      const seller = await onboarded(world);
      const sellerOf = () => ({ account: seller });
      const billing = world.instance({ provider: platform({ sellerOf, feePercent: 10, refunds }) });
      const user = newUser();
      await buy(billing, user, starter);
      expect(await books(seller)).toEqual([["payment", 900, 90]]);
      await billing.refunds.create({ customerId: user, invoiceId: await invoiceOf(billing, user) });
      expect((await books(seller)).slice(1)).toEqual(back);
    },
  );

  test("a refund of a part goes back in proportion, in the books of both", async () => {
    const seller = await onboarded(world);
    const sellerOf = () => ({ account: seller, feePercent: 12.5 });
    const billing = world.instance({ provider: platform({ sellerOf }) });
    const user = newUser();
    await buy(billing, user, starter);
    const before = (await books()).length;
    await billing.refunds.create({
      customerId: user,
      invoiceId: await invoiceOf(billing, user),
      amount: 400,
    });
    expect((await books(seller)).slice(1)).toEqual([["payment_refund", -400, -50]]);
    expect((await books()).slice(before)).toEqual([
      ["refund", -400, 0],
      ["transfer_refund", 400, 0],
      ["application_fee_refund", -50, 0],
    ]);
  });

  test("a fee may be an amount of what is bought once, and nobody's sale is the platform's", async () => {
    const seller = await onboarded(world);
    const sellerOf: StripeConnect["sellerOf"] = ({ productId }) =>
      productId === "credits" ? { account: seller, feeAmount: 150, onBehalfOf: true } : null;
    const billing = world.instance({ provider: platform({ sellerOf }) });
    const user = newUser();
    const id = await buy(billing, user, { productId: "credits" });
    const [row] = await books(seller);
    expect(row).toEqual(["payment", expect.any(Number), 150]);
    const session = await world.dashboard.checkout.sessions.retrieve(id, { expand: ["payment_intent"] });
    expect(session.payment_intent).toMatchObject({ on_behalf_of: seller, application_fee_amount: 150 });
    await buy(billing, newUser(), starter);
    expect(await books(seller)).toHaveLength(1);
  });

  test("nothing is sold for a seller who may not get money, and nothing is left of the attempt", async () => {
    const { id } = await world.dashboard.accounts.create({ type: "express" });
    const billing = world.instance({ provider: platform({ sellerOf: () => ({ account: id }) }) });
    const user = newUser();
    const refused = await world.call("POST", "/checkout", { as: user, body: starter, billing });
    expect(refused.body).toMatchObject({ error: { code: "provider_rejected" } });
    expect(await world.checkouts(user)).toEqual([]);
  });

  test("the same person is a customer of the platform and of two sellers, and each knows only its own", async () => {
    const user = newUser();
    const body = { productId: "credits" };
    const own = await buy(world.billing, user, body);
    const theirs = { bakery: "", cafe: "" };
    for (const name of ["bakery", "cafe"] as const) {
      const shop = world.instance({ provider: direct(name) });
      await shop.pushPlans();
      theirs[name] = await buy(shop, user, body);
    }
    const all = world.instance({ provider: [platform(), direct("bakery"), direct("cafe")] });
    const paid = (checkoutId: string, customerId = user, billing = all) =>
      billing.refunds.payment({ customerId, checkoutId });
    expect(await paid(own)).toMatchObject({ provider: "stripe" });
    expect(await paid(theirs.bakery)).toMatchObject({ provider: "stripe-bakery" });
    expect(await paid(theirs.cafe)).toMatchObject({ provider: "stripe-cafe" });
    // An id of another account, or of somebody else, is of nobody.
    const unknown = { code: "not_found" };
    await expect(paid(theirs.bakery, user, world.billing)).rejects.toMatchObject(unknown);
    await expect(paid(theirs.bakery, newUser())).rejects.toMatchObject(unknown);
    // The charge is the seller's own, the platform took its fee of it, and gives it back in proportion.
    const { paid: amount } = await paid(theirs.cafe);
    const [row] = await books(sellers.cafe);
    expect(row).toEqual(["charge", amount, Math.round(amount * 0.029) + 30 + amount / 10]);
    await all.refunds.create({ customerId: user, checkoutId: theirs.cafe, amount: amount / 2 });
    expect((await books(sellers.cafe)).at(-1)).toEqual(["refund", -amount / 2, -amount / 20]);
    expect((await books(sellers.bakery)).map(([type]) => type)).toEqual(["charge"]);
  });

  test("both endpoints may send to one address: each event is verified by its own secret and read in its own account", async () => {
    const user = newUser();
    const shop = world.instance({ provider: direct("bakery") });
    await shop.pushPlans();
    const opened = await world.call("POST", "/checkout", { as: user, body: starter, billing: shop });
    await world.pay(opened.body.id);
    const event = world.sandbox
      .events(sellers.bakery)
      .findLast(({ type }) => type === "customer.subscription.created");
    if (!event) throw new Error("There is no event.");
    const billing = world.instance({ provider: [platform(), direct("bakery")] });
    const wrong = await world.deliver(event, { billing, secret: world.sandbox.webhookSecret });
    expect(wrong).toMatchObject({ status: 400, body: { error: { code: "invalid_signature" } } });
    expect((await world.call("GET", "/access", { as: user, billing })).body.planId).toBe("free");
    expect((await world.deliver(event, { billing, secret: connectSecret })).status).toBe(200);
    expect((await world.call("GET", "/access", { as: user, billing })).body.planId).toBe("starter");
    // The platform's own event is nothing to a seller, though its address gets it.
    const [own] = world.sandbox.events().slice(-1);
    if (!own) throw new Error("There is no event.");
    const stray = await world.deliver(own, { billing, to: "stripe-bakery", secret: connectSecret });
    expect(stray.status).toBe(200);
  });
};

describeEachStore("a marketplace", stories);
describe("a marketplace, in memory", () => stories(memory));

/** A seller who has told Stripe everything. */
async function onboarded({ dashboard }: World): Promise<string> {
  const { id } = await dashboard.accounts.create({
    type: "custom",
    capabilities: { card_payments: { requested: true }, transfers: { requested: true } },
    business_type: "individual",
    business_profile: { mcc: "5734", url: "https://bakery.test" },
    individual: { first_name: "Ada", last_name: "Lovelace" },
    external_account: {
      object: "bank_account",
      country: "US",
      currency: "usd",
      account_number: "000123456789",
    } satisfies Stripe.AccountCreateParams.ExternalAccount,
    tos_acceptance: { date: 1_790_000_000, ip: "127.0.0.1" },
  });
  return id;
}
