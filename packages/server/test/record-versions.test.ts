import type { Store } from "@tollgate/core";
import { buildSubscriptionEvent } from "@tollgate/core/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { postgres } from "../src/stores/postgres/postgres.js";
import { type FreshDatabase, freshDatabase } from "./fresh-database.js";
import { recordCallbacks } from "./record-callbacks.js";
import { setCancel, subscribe } from "./subscriber.js";
import { newUser, openWorld, type World } from "./world.js";

let database: FreshDatabase;
let store: Store;
let world: World;
let user: string;
let subscriptionId: string;
const callbacks = recordCallbacks("subscription.cancel_scheduled", "subscription.changed");

beforeAll(async () => {
  database = await freshDatabase();
  store = postgres(database.pool);
  world = await openWorld({ store, on: callbacks.on, jobs: "manual" });
});
afterAll(async () => {
  await world.close();
  await database.drop();
});

beforeEach(async () => {
  user = newUser();
  const bought = await subscribe(world, user);
  subscriptionId = bought.subscriptionId;
  await world.deliver(bought.created);
  await world.deliver(bought.activated);
  await world.billing.runJobs();
});

/** Changes the row of the subscription behind everybody's back, to what another release would have written. */
async function rewrite(change: string): Promise<void> {
  await database.pool.query(
    `UPDATE tollgate.subscriptions SET record = ${change}, revision = revision + 1 WHERE id = $1`,
    [subscriptionId],
  );
}

async function recordOf(): Promise<Record<string, unknown>> {
  const { rows } = await database.pool.query("SELECT record FROM tollgate.subscriptions WHERE id = $1", [
    subscriptionId,
  ]);
  return rows[0].record;
}

test("a subscription is stored with the version of its record", async () => {
  expect(await recordOf()).toMatchObject({ v: expect.any(Number), origin: "checkout" });
  expect(await store.findSubscription(subscriptionId, "stripe")).not.toHaveProperty("v");
});

test("a row of the first version comes back in today's shape, wherever it is read", async () => {
  const today = await store.findSubscription(subscriptionId, "stripe");
  if (today === null) throw new Error("The subscription is not stored.");
  await rewrite(`(record - 'v' - 'arrears') || jsonb_build_object('items',
    (SELECT jsonb_agg(item - 'group' - 'interval') FROM jsonb_array_elements(record -> 'items') AS item))`);
  const { id, customerId, provider, providerCustomerId } = today;
  expect(await store.findSubscription(id, provider)).toEqual(today);
  expect(await store.listSubscriptions(customerId)).toEqual([today]);
  const access = await store.readAccessFacts(customerId, [provider], new Date(today.asOf));
  expect(access.subscriptions).toEqual([today]);
  const event = { id: "evt_none", provider, providerCustomerId, subscriptionId: id };
  expect((await store.findEventFacts(event)).current?.subscription).toEqual(today);
  const page = { provider, subscriptionIds: [id], providerCustomerIds: [] };
  expect((await store.readReconcileFacts(page)).subscriptions).toMatchObject([{ subscription: today }]);
  const unseen = { runId: "0", provider, customerId, after: null, limit: 10 };
  expect(await store.listUnseen(unseen)).toEqual([today]);
});

test("a row from before a field was added is not a manual change, and gets the field with its next state", async () => {
  await rewrite("record - 'v' - 'origin'");
  const { differences } = await world.billing.reconcile({ customerId: user, repair: true });
  expect(differences).toEqual([]);
  world.tick(5);
  await world.deliver(await setCancel(world, user, subscriptionId, true));
  expect(await recordOf()).toMatchObject({ v: expect.any(Number), origin: "checkout" });
});

test("a difference of such a row in what it does have is still one", async () => {
  await rewrite(`(record - 'v' - 'origin') || '{"quantity": 7}'`);
  const { differences } = await world.billing.reconcile({ customerId: user });
  expect(differences).toMatchObject([{ fields: [{ field: "quantity", stored: 7, actual: 1 }] }]);
});

test("a field that only a later release knows survives what this one writes, and is not a difference", async () => {
  await rewrite(`record || '{"v": 99, "paidBefore": true}'`);
  expect((await world.billing.reconcile({ customerId: user })).differences).toEqual([]);
  world.tick(5);
  await world.deliver(await setCancel(world, user, subscriptionId, true));
  expect(await recordOf()).toMatchObject({ cancelAt: expect.any(String), paidBefore: true });
  await world.billing.runJobs();
  await callbacks.expectCalls(user, ["subscription.cancel_scheduled"]);
});

test("a callback that an earlier release enqueued is run with the fields of this one", async () => {
  world.tick(5);
  await world.deliver(await setCancel(world, user, subscriptionId, true));
  await database.pool.query(
    `UPDATE tollgate.callbacks SET data = (data - 'v') #- '{subscription,v}' #- '{subscription,origin}'
     WHERE customer_id = $1 AND state = 'waiting'`,
    [user],
  );
  const [callback] = (await world.billing.callbacks.list({ customerId: user, state: "waiting" })).callbacks;
  expect(callback?.data).toMatchObject({ subscription: { origin: "provider" } });
  expect(callback?.data).not.toHaveProperty("v");
});

test("an event that only a later release can deal with is left to it, untouched", async () => {
  const event = { ...buildSubscriptionEvent({ id: `evt_${user}` }), type: "subscription.teleported" };
  await database.pool.query(
    `INSERT INTO tollgate.events (provider, id, type, occurred_at, received_at, state, attempts, event, next_attempt_at)
     VALUES ('stripe', $1, $2, now(), now(), 'failed', 3, $3::jsonb, '2020-01-01')`,
    [event.id, event.type, JSON.stringify({ ...event, v: 99 })],
  );
  await world.billing.runJobs();
  expect(await store.findEvent(event.id, "stripe")).toMatchObject({ state: "failed", attempts: 3 });
});
