import type { CallbackData, Store } from "@tollgate/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { describeEachStore } from "../each-store.js";
import { priceOf, subscribe } from "../subscriber.js";
import { booksOf, customerOf, payInAnotherTab } from "../two-tabs.js";
import { customersOf } from "../with-parts.js";
import { newUser, type World } from "../world.js";
import { type Move, openMove } from "./move.js";

type Told = CallbackData["subscription.duplicate"];

describeEachStore("somebody who paid in both accounts", (createStore) => {
  let move: Move;
  let store: Store;
  let user: string;
  const told: Told[] = [];
  const on = { "subscription.duplicate": (data: Told) => void told.push(data) };

  beforeAll(async () => {
    store = createStore();
    move = await openMove(store, on);
  });
  afterAll(() => move.close());
  beforeEach(() => {
    user = newUser();
    told.length = 0;
    move.tick(60);
  });

  /** A customer of both, who pays in one account and then in the other. */
  async function payInBoth(first: World, second: World): Promise<{ first: string; second: string }> {
    for (const world of [first, second]) {
      const { provider: account, database } = world;
      const provider = account.id;
      const profile = { email: `${user}@example.com`, name: null };
      const input = { customerId: user, ...profile, database: await database() };
      const made = await customersOf(account).make({ ...input, idempotencyKey: user });
      await customersOf(account).update({ ...made, ...profile });
      await store.linkCustomer({ customerId: user, provider, ...made });
    }
    const one = await payInAnotherTab(first, user);
    move.tick();
    const other = await payInAnotherTab(second, user);
    return { first: one, second: other };
  }

  test.each([
    ["in the new one second", "old", "next"],
    ["in the old one second", "next", "old"],
  ] as const)("%s: that one is cancelled and refunded, where it was paid", async (_, before, after) => {
    const ids = await payInBoth(move[before], move[after]);
    await move.deliverAll(user);
    await move.work();
    expect(await booksOf(move[before], user)).toEqual({
      running: [ids.first],
      charged: 900,
      refunded: 0,
      refunds: 0,
    });
    expect(await booksOf(move[after], user)).toEqual({
      running: [],
      charged: 900,
      refunded: 900,
      refunds: 1,
    });
    expect(told).toMatchObject([
      {
        customerId: user,
        subscription: { id: ids.second, provider: move[after].provider.id, status: "ended" },
        kept: { id: ids.first, provider: move[before].provider.id },
        refund: { amount: 900, currency: "usd" },
        action: "cancel_and_refund",
      },
    ]);
    await move.deliverAll(user, (events) => events.toReversed());
    await move.work();
    expect(told).toHaveLength(1);
  });

  test("in whatever order the accounts tell it, and however often", async () => {
    await payInBoth(move.old, move.next);
    await move.deliverAll(user, (events) => [...events.toReversed(), ...events]);
    await move.work();
    const running = (await store.listSubscriptions(user)).filter(({ status }) => status !== "ended");
    expect(running).toMatchObject([{ provider: "stripe" }]);
    expect(told).toHaveLength(1);
  });

  test("plans of two groups run side by side, one in each", async () => {
    await subscribe(move.old, user);
    await move.deliverAll(user);
    move.tick();
    const care = await move.call("POST", "/checkout", {
      as: user,
      body: { planId: "care", interval: "month" },
    });
    await move.next.pay(care.body.id);
    await move.deliverAll(user);
    await move.work();
    expect(told).toEqual([]);
    const running = (await store.listSubscriptions(user)).filter(({ status }) => status === "active");
    expect(running.map(({ provider }) => provider)).toEqual(["stripe", "stripe-new"]);
  });

  test("a trial that ended paused in the old one gives way to what is bought in the new one", async () => {
    const body = { planId: "pro", interval: "month" };
    const { old } = move;
    await move.call("POST", "/checkout", { as: user, body: { productId: "credits" }, billing: old.billing });
    const { id } = await old.dashboard.subscriptions.create({
      customer: await customerOf(old, user),
      items: [{ price: await priceOf(old, "pro") }],
      trial_period_days: 14,
      trial_settings: { end_behavior: { missing_payment_method: "pause" } },
    });
    move.tick(15 * 86_400);
    await move.deliverAll(user);
    expect(await store.findSubscription(id, "stripe")).toMatchObject({ status: "paused" });
    const bought = await move.call("POST", "/checkout", { as: user, body });
    expect(bought.status).toBe(200);
    await move.next.pay(bought.body.id);
    await move.deliverAll(user);
    await move.work();
    expect(await store.listSubscriptions(user)).toMatchObject([
      { provider: "stripe", status: "ended" },
      { provider: "stripe-new", status: "active" },
    ]);
    expect(told).toEqual([]);
  });

  test("an instance that knows only the new one leaves both running", async () => {
    const ids = await payInBoth(move.old, move.next);
    await move.deliverAll(user);
    const alone = move.instance({ provider: move.next.provider });
    expect(await alone.runJobs({ maxSeconds: 20 })).toMatchObject({ done: true });
    expect((await booksOf(move.old, user)).running).toEqual([ids.first]);
    expect((await booksOf(move.next, user)).running).toEqual([ids.second]);
  });
});
