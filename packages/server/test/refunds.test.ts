import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { memory } from "../src/stores/memory/memory.js";
import { day } from "./ending-story.js";
import { openReturns, type Returns } from "./returns-story.js";
import type { World } from "./world.js";

/** https://docs.stripe.com/testing#refunds */
const refundFails = "4000 0000 0000 5126";
const refundWaits = "4000 0000 0000 7726";

describe("money that goes back", () => {
  let returns: Returns;
  let world: World;
  beforeAll(async () => {
    returns = await openReturns({ store: memory() });
    world = returns.world;
  });
  afterAll(() => world.close());

  const begin: Returns["begin"] = (options) => returns.begin(options);
  const settle = (user: string) => returns.settle(user);
  const namesTo = (user: string) => returns.names(user);
  const toldTo = (user: string) => returns.told(user);
  const planOf = (user: string) => returns.plan(user);
  const latestOf = (customer: string) => returns.latestInvoice(customer);
  const chargesOf = async (customer: string) => (await returns.charges(customer)).data;

  test("a part of it changes nothing about access, and the books say what is kept; ending is a choice of the call", async () => {
    const { user, invoiceId } = await begin();
    const wish = { customerId: user, invoiceId };
    const { refunds, payment } = await world.billing.refunds.create({ ...wish, amount: 400 });
    expect(refunds).toMatchObject([{ amount: 400, status: "succeeded", reason: "requested_by_customer" }]);
    expect(payment).toMatchObject({ paid: 900, refunded: 400, refundable: 500, currency: "usd" });
    await settle(user);
    await settle(user);
    expect(await planOf(user)).toBe("starter");
    expect(namesTo(user)).toEqual(["refund.succeeded"]);
    expect(toldTo(user)[0]?.data).toMatchObject({ invoiceId, payment: { paid: 900, refunded: 400 } });
    world.tick();
    await world.billing.refunds.create({ ...wish, amount: 100, access: "end" });
    await settle(user);
    expect(await planOf(user)).toBe("free");
    expect(await world.billing.refunds.list(wish)).toMatchObject([{ amount: 100 }, { amount: 400 }]);
  });

  test("all of it in the provider's dashboard is told once, and ends what would be charged again next month", async () => {
    const { user, customer } = await begin();
    const [charge] = await chargesOf(customer);
    await world.dashboard.refunds.create({ charge: charge?.id ?? "" });
    await settle(user);
    await settle(user);
    expect(namesTo(user)).toEqual(["refund.succeeded", "subscription.ended"]);
    expect(await planOf(user)).toBe("free");
    world.tick(32 * day);
    expect(await chargesOf(customer)).toHaveLength(1);
  });

  test("all of an older invoice leaves the period that is paid for", async () => {
    const { user, customer, invoiceId } = await begin();
    world.tick(31 * day + 7200);
    await settle(user);
    expect(await latestOf(customer)).not.toBe(invoiceId);
    await world.billing.refunds.create({ customerId: user, invoiceId, reason: "duplicate" });
    await settle(user);
    expect(await planOf(user)).toBe("starter");
    await world.billing.refunds.create({ customerId: user, invoiceId: await latestOf(customer) });
    await settle(user);
    expect(await planOf(user)).toBe("free");
  });

  test("nobody gets more back than they paid in money, and each refusal says why", async () => {
    const { user, customer, invoiceId } = await begin({ balance: -400 });
    const { refunds } = world.billing;
    const wish = { customerId: user, invoiceId };
    const refused = (code: string) => expect.objectContaining({ code });
    await expect(refunds.create({ ...wish, amount: 900 })).rejects.toMatchObject({
      ...{ code: "amount_too_large", status: 400 },
      details: { paid: 500, refundable: 500, currency: "usd" },
    });
    await expect(refunds.create({ ...wish, amount: 0 })).rejects.toEqual(refused("amount_too_small"));
    const stranger = await begin();
    await expect(refunds.create({ ...wish, customerId: stranger.user })).rejects.toEqual(
      refused("not_found"),
    );
    await expect(refunds.create({ ...wish, invoiceId: "in_none" })).rejects.toEqual(refused("not_found"));
    const draft = await world.dashboard.invoices.create({ customer });
    const unpaid = { ...wish, invoiceId: draft.id };
    await expect(refunds.create(unpaid)).rejects.toEqual(refused("nothing_to_refund"));
    await refunds.create(wish);
    await expect(refunds.create(wish)).rejects.toEqual(refused("nothing_to_refund"));
    expect(await refunds.payment(wish)).toMatchObject({ paid: 500, refunded: 500, refundable: 0 });
    const [charge] = await chargesOf(stranger.customer);
    await returns.act(charge?.id, "dispute", { kind: "dispute_fraudulent" });
    const disputed = { customerId: stranger.user, invoiceId: stranger.invoiceId };
    await expect(refunds.create(disputed)).rejects.toEqual(refused("payment_disputed"));
  });

  test("one key makes one refund, from two tabs and a month later", async () => {
    const { user, customer, invoiceId } = await begin();
    const wish = { customerId: user, invoiceId, amount: 300, idempotencyKey: "ticket 12" };
    const make = () => world.billing.refunds.create(wish);
    const made = await Promise.all([make(), make(), make()]);
    world.tick(5 * day);
    const ids = [...made, await make()].map(({ refunds }) => refunds.map(({ id }) => id));
    expect(new Set(ids.flat()).size).toBe(1);
    expect((await chargesOf(customer))[0]?.amount_refunded).toBe(300);
    const other = world.billing.refunds.create({ ...wish, amount: 200 });
    await expect(other).rejects.toMatchObject({ code: "invalid_idempotency_key" });
    const another = await world.billing.refunds.create({ ...wish, idempotencyKey: "ticket 13" });
    expect(another.payment).toMatchObject({ refunded: 600 });
  });

  test("what the bank refuses days later is told with the reason, and can be refunded again", async () => {
    const { user, invoiceId } = await begin({ card: refundFails });
    const wish = { customerId: user, invoiceId, amount: 500 };
    await world.billing.refunds.create({ ...wish, idempotencyKey: "first" });
    await settle(user);
    expect(namesTo(user)).toEqual(["refund.succeeded"]);
    world.tick(day);
    await settle(user);
    await settle(user);
    expect(namesTo(user)).toEqual(["refund.succeeded", "refund.failed"]);
    expect(toldTo(user)[1]?.data).toMatchObject({
      failure: "expired_or_canceled_card",
      payment: { paid: 900, refunded: 0 },
    });
    const again = await world.billing.refunds.create({ ...wish, idempotencyKey: "first" });
    expect(again.refunds).toMatchObject([{ status: "failed" }]);
    expect(again.payment).toMatchObject({ refundable: 900 });
    const anew = await world.billing.refunds.create({ ...wish, idempotencyKey: "second" });
    expect(anew.payment).toMatchObject({ refundable: 400 });
  });

  test("what is on its way ends nothing before it has arrived", async () => {
    const { user, invoiceId } = await begin({ card: refundWaits });
    const { payment } = await world.billing.refunds.create({ customerId: user, invoiceId });
    expect(payment).toMatchObject({ refunded: 0, pending: 900, refundable: 0 });
    await settle(user);
    expect(namesTo(user)).toEqual(["refund.pending"]);
    expect(await planOf(user)).toBe("starter");
    world.tick(day);
    await settle(user);
    expect(namesTo(user)).toEqual(["refund.pending", "refund.succeeded", "subscription.ended"]);
    expect(await planOf(user)).toBe("free");
  });

  test("another product of the account is neither told nor touched; a plan that left the catalog is", async () => {
    const { user, customer, subscriptionId } = await begin();
    const { dashboard } = world;
    const product = await dashboard.products.create({ name: "Something else" });
    const price = await dashboard.prices.create({
      ...{ product: product.id, currency: "usd", unit_amount: 700 },
      recurring: { interval: "month" },
    });
    const items = [{ price: price.id }];
    const { data: cards } = await dashboard.customers.listPaymentMethods(customer);
    const default_payment_method = cards[0]?.id ?? "";
    const other = await dashboard.subscriptions.create({ customer, items, default_payment_method });
    const charges = await chargesOf(customer);
    const theirs = charges.find(({ amount }) => amount === 700);
    await dashboard.refunds.create({ charge: theirs?.id ?? "" });
    await settle(user);
    expect(namesTo(user)).toEqual([]);
    expect((await dashboard.subscriptions.retrieve(other.id)).status).toBe("active");
    const [item] = (await dashboard.subscriptions.retrieve(subscriptionId)).items.data;
    const moved = [{ id: item?.id ?? "", price: price.id }];
    await dashboard.subscriptions.update(subscriptionId, { items: moved, proration_behavior: "none" });
    await settle(user);
    const ours = charges.find(({ amount }) => amount === 900);
    await dashboard.refunds.create({ charge: ours?.id ?? "" });
    // Nothing of what is stored says more than the end's own webhook then.
    for (const _ of ["refund", "end"]) await settle(user);
    expect(namesTo(user)).toEqual(["refund.succeeded", "subscription.ended"]);
    expect((await dashboard.subscriptions.retrieve(subscriptionId)).status).toBe("canceled");
  });

  test("a policy that makes no sense is refused", () => {
    const full = "sometimes" as "keep";
    expect(() => world.instance({ refunds: { full } })).toThrow(
      expect.objectContaining({ code: "invalid_options" }),
    );
  });
});
