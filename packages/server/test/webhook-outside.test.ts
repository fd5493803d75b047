import type { Store } from "@tollgate/core";
import type { StripeEvent } from "@tollgate/sandbox";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { stripe } from "../src/providers/stripe/index.js";
import { describeEachStore } from "./each-store.js";
import { eventOf, planOf, subscribe } from "./subscriber.js";
import { newUser, openWorld, type World } from "./world.js";

describeEachStore("events that are none of ours, or can't be kept", (createStore) => {
  let world: World;
  let store: Store;
  let user: string;

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store, jobs: "manual" });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    user = newUser();
    world.tick(60);
  });
  const find = (id: string) => store.findEvent(id, "stripe");

  test.each<[string, object, string]>([
    ["of live mode", { livemode: true }, "it is of live mode, and the secret key is for test mode"],
    ["of a connected account", { account: "acct_other" }, "it is of the connected account acct_other"],
    ["in another context", { context: "acct_other" }, "it is of the connected account acct_other"],
  ])("an event %s is noted as ignored with the reason, and changes nothing", async (_, fields, reason) => {
    const { activated } = await subscribe(world, user);
    expect((await world.deliver({ ...activated, ...fields })).status).toBe(200);
    expect(await find(activated.id)).toMatchObject({
      state: "ignored",
      type: "outside",
      subscriptionId: null,
      reason: `customer.subscription.created: ${reason}`,
    });
    expect(await planOf(world, user)).toBe("free");
    // The same state of our own world is applied as usual, without another look at the provider.
    await world.deliver({ ...activated, id: `${activated.id}_ours` });
    expect(await planOf(world, user)).toBe("starter");
  });

  test("a customer deleted in the other mode is not forgotten here", async () => {
    await subscribe(world, user);
    const link = await store.findCustomer(user, "stripe");
    const deleted = {
      ...eventOf(world, user, "customer.created"),
      id: `evt_deleted_${user}`,
      type: "customer.deleted",
      livemode: true,
    };
    expect((await world.deliver(deleted)).status).toBe(200);
    expect(await store.findCustomer(user, "stripe")).toEqual(link);
  });

  test("events that name our own account are ours where its id was given", async () => {
    const { activated } = await subscribe(world, user);
    const { secretKey, webhookSecret, url: apiBase } = world.sandbox;
    const provider = stripe({ secretKey, webhookSecret, apiBase, account: "acct_own" });
    const billing = world.instance({ provider });
    const named = { ...activated, ...{ context: "acct_own" } };
    await world.deliver(named, { billing });
    expect(await planOf(world, user)).toBe("starter");
  });

  test.each<[string, (event: StripeEvent) => object]>([
    ["that was made in the year 31,690,708", () => ({ created: 1e15 })],
    ["with NUL in what it is about", ({ data }) => ({ data: { object: { ...data.object, id: "sub_\0" } } })],
    ["with half a character", ({ data }) => ({ data: { object: { ...data.object, id: "sub_\ud800" } } })],
  ])("an event %s is refused in words and kept for a person", async (_, change) => {
    const { activated } = await subscribe(world, user);
    const answer = await world.deliver({ ...activated, ...change(activated) } as StripeEvent);
    expect(answer).toMatchObject({ status: 400, body: { error: { code: "invalid_event" } } });
    expect(await find(activated.id)).toMatchObject({
      state: "failed",
      type: "unreadable",
      nextAttemptAt: null,
    });
    const { events } = await world.billing.events.list({ state: "failed", limit: 1 });
    expect(events).toMatchObject([{ id: activated.id }]);
  });

  test("an event whose own id can't be kept is kept under one that can", async () => {
    const { activated } = await subscribe(world, user);
    const answer = await world.deliver({ ...activated, id: `evt_\0${user}` });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: "invalid_event" } } });
    expect(await find(`evt_\uFFFD${user}`)).toMatchObject({ state: "failed", type: "unreadable" });
  });

  test.each(["999999999999999.1", "9.9.9", "1;DROP", "-1.1", "253402300800000.1"])(
    "a page after %s is refused in words",
    async (after) => {
      await expect(world.billing.events.list({ after })).rejects.toMatchObject({ code: "invalid_query" });
    },
  );

  test.each(["evt_\0", "evt_\ud800", ""])("replaying %j finds nothing", async (id) => {
    await expect(world.billing.events.replay(id)).rejects.toMatchObject({ code: "event_not_found" });
    await expect(world.billing.callbacks.replay(id)).rejects.toMatchObject({ code: "callback_not_found" });
  });

  const invoiceStranger = async (item: { readonly price?: string; readonly amount?: number }) => {
    const email = `${user}@example.com`;
    const { id: customer } = await world.dashboard.customers.create({ email });
    const card = await world.dashboard.paymentMethods.attach("pm_card_visa", { customer });
    const { price, amount } = item;
    await world.dashboard.invoiceItems.create({
      customer,
      ...(price === undefined ? { amount: amount ?? 100, currency: "usd" } : { pricing: { price } }),
    });
    const invoice = await world.dashboard.invoices.create({
      customer,
      pending_invoice_items_behavior: "include",
      default_payment_method: card.id,
    });
    await world.dashboard.invoices.finalizeInvoice(invoice.id);
    await world.dashboard.invoices.pay(invoice.id);
    return eventOf(world, user, "invoice.paid");
  };

  test("an invoice without a subscription, of a customer who is nobody's, is not kept", async () => {
    const paid = await invoiceStranger({ amount: 4200 });
    expect((await world.deliver(paid)).status).toBe(200);
    expect(await find(paid.id)).toMatchObject({ state: "ignored" });
  });

  test("one for what our catalog sells waits until its customer is known", async () => {
    const { data } = await world.dashboard.prices.list({ lookup_keys: ["tollgate:product:credits:usd"] });
    const paid = await invoiceStranger({ price: data[0]?.id ?? "" });
    expect((await world.deliver(paid)).status).toBe(200);
    expect(await find(paid.id)).toMatchObject({ state: "unmatched" });
  });
});
