import type { Store } from "@tollgate/core";
import type { StripeEvent } from "@tollgate/sandbox";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { describeEachStore } from "./each-store.js";
import { expectSameAsProvider } from "./reconcile/same-as-provider.js";
import { newUser, openWorld, type World } from "./world.js";

const day = 86_400;
/** The card is saved, and every charge fails. */
const failingCard = "4000 0000 0000 0341";

describeEachStore("grace", (createStore) => {
  let world: World;
  let store: Store;
  let user: string;

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    world.tick(60);
  });

  const access = async () => (await world.call("GET", "/access", { as: user })).body;
  const usage = async () => (await world.billing.usage.read(user)).messages;
  const use = (quantity: number) =>
    world.billing.usage.record({
      customerId: user,
      feature: "messages",
      quantity,
      idempotencyKey: `${user}/${quantity}`,
    });
  /** Of a subscription that has renewed, so that the provider no longer lists how its customer began. */
  const deliverUpdates = async (id: string) => {
    const isOfIt = ({ type, data }: StripeEvent) =>
      type === "customer.subscription.updated" && "id" in data.object && data.object.id === id;
    for (const event of world.sandbox.events().filter(isOfIt)) await world.deliver(event);
  };
  const deliverAll = async (...types: string[]) => {
    for (const event of world.events(user, ...types)) await world.deliver(event);
  };
  const subscription = async () => {
    const [one] = await store.listSubscriptions(user);
    if (one === undefined) throw new Error("Nothing is stored.");
    return one;
  };

  /** A trial that has just ended, with a card that fails: 14 days, and the hour before the first charge. */
  async function failAfterTrial(): Promise<string> {
    const { body } = await world.call("POST", "/checkout", {
      as: user,
      body: { planId: "pro", interval: "month" },
    });
    await world.pay(body.id, failingCard);
    await world.call("GET", `/checkout/${body.id}`, { as: user });
    expect(await access()).toMatchObject({ planId: "pro", attention: null });
    world.tick(14 * day + 2 * 3600);
    return (await subscription()).id;
  }

  const closed = { planId: "free", attention: "payment_failed", graceEndsAt: null };

  test.each<[string, (id: string) => Promise<unknown>]>([
    ["by its events", () => deliverAll("customer.subscription.updated")],
    [
      "by its events, the latest first",
      async () => {
        for (const event of world.events(user).reverse()) await world.deliver(event);
      },
    ],
    ["by reconciling", () => world.billing.reconcile({ customerId: user, repair: true })],
  ])("is not for whoever never paid: known %s", async (_name, learn) => {
    const id = await failAfterTrial();
    await learn(id);
    expect(await access()).toMatchObject(closed);
    expect(await subscription()).toMatchObject({ status: "past_due", arrears: { paidPeriod: null } });
    expect(await usage()).toMatchObject({ used: 0, limit: 100 });
    await expectSameAsProvider(world, store, id);
  });

  test("opens again, with the quota of what is paid, when the first payment comes in", async () => {
    const id = await failAfterTrial();
    await deliverAll();
    expect(await access()).toMatchObject(closed);
    await payOpenInvoice(id);
    await deliverAll();
    expect(await access()).toMatchObject({ planId: "pro", attention: null });
    expect(await subscription()).toMatchObject({ status: "active", arrears: null });
    await expectSameAsProvider(world, store, id);
  });

  async function payOpenInvoice(id: string) {
    const { data } = await world.dashboard.invoices.list({ subscription: id, status: "open" });
    const [invoice] = data;
    if (invoice?.id === undefined) throw new Error("Nothing is open.");
    const { customer } = invoice;
    if (typeof customer !== "string") throw new Error("Whose is it?");
    const card = await world.dashboard.paymentMethods.attach("pm_card_visa", { customer });
    await world.dashboard.invoices.pay(invoice.id, { payment_method: card.id });
  }

  test("is for whoever has paid, with what is left of the paid period and no fresh quota", async () => {
    await world.buy(user);
    await deliverAll();
    const before = await subscription();
    await use(900);
    const customer = before.providerCustomerId;
    const bad = await world.dashboard.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
    await world.dashboard.subscriptions.update(before.id, { default_payment_method: bad.id });
    world.tick(31 * day + 2 * 3600);
    await deliverUpdates(before.id);
    const behind = await subscription();
    expect(behind).toMatchObject({ status: "past_due", arrears: { paidPeriod: before.currentPeriod } });
    expect(behind.currentPeriod?.start).toBe(before.currentPeriod?.end);
    expect(await access()).toMatchObject({ planId: "starter", attention: "payment_failed" });
    expect(await usage()).toMatchObject({ used: 900, remaining: 100, startsAt: before.currentPeriod?.start });
    await use(99);
    await expect(use(2)).rejects.toMatchObject({ code: "limit_reached" });
    expect((await access()).features.messages).toMatchObject({ used: 999, limit: 1000 });
    await expectSameAsProvider(world, store, before.id);

    await payOpenInvoice(before.id);
    await deliverUpdates(before.id);
    expect(await usage()).toMatchObject({ used: 0, startsAt: before.currentPeriod?.end });
  });
});
