import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeEachStore } from "../each-store.js";
import { starterPrice } from "../subscriber.js";
import { withParts } from "../with-parts.js";
import { openWorld, type World } from "../world.js";
import { fillAccount } from "./existing-account.js";
import { expectSameAsProvider } from "./same-as-provider.js";

/** Each of the 250 is several statements, on a machine that may be busy. */
const patient = { timeout: 240_000 };

describeEachStore("an account of 250 subscriptions that were made without us", (createStore) => {
  let world: World;
  let store: Store;
  let users: readonly string[];

  beforeAll(async () => {
    store = createStore();
    world = await openWorld({ store, identifyCustomer: ({ metadata }) => metadata.app_user ?? null });
    users = await fillAccount(world, await starterPrice(world), 250);
    world.tick(3600);
  }, 120_000);
  afterAll(() => world.close());

  test("is left as it is, and reported, without `repair`", patient, async () => {
    const report = await world.billing.reconcile();
    expect(report).toMatchObject({ checked: 250, found: 250, repaired: 0, complete: true, resumed: false });
    expect(new Set(report.differences.map(({ cause }) => cause))).toEqual(new Set(["orphaned_customer"]));
    expect(await store.findCustomer("existing_0", "stripe")).toBeNull();
  });

  test(
    "is taken into an empty store, and resumed after an interruption without reading again what was done",
    patient,
    async () => {
      const asked: (string | null)[] = [];
      const stopping = new AbortController();
      const { listAll } = world.provider.subscriptions;
      const watched = withParts(world.provider, {
        subscriptions: {
          async listAll(input) {
            asked.push(input.after);
            // The first page is done and stored when the second one is asked for.
            if (asked.length === 2) stopping.abort();
            return listAll?.(input) ?? Promise.reject(new Error("There is no list."));
          },
        },
      });
      const identifyCustomer = ({ metadata }: { metadata: Readonly<Record<string, string>> }) =>
        metadata.app_user ?? null;
      const billing = world.instance({ provider: watched, identifyCustomer });
      const first = await billing.reconcile({ repair: true, signal: stopping.signal });
      expect(first).toMatchObject({
        checked: 100,
        found: 100,
        repaired: 100,
        complete: false,
        resumed: false,
      });
      expect(first.differences).toHaveLength(100);

      const second = await billing.reconcile({ repair: true });
      expect(second).toMatchObject({
        checked: 250,
        found: 250,
        repaired: 250,
        complete: true,
        resumed: true,
      });
      expect(second.differences).toHaveLength(150);
      expect(asked[0]).toBeNull();
      expect(asked.slice(1)).not.toContain(null);
      expect(new Set(asked.slice(1)).size).toBe(2);

      for (const user of users) {
        const [subscription] = await store.listSubscriptions(user);
        expect(subscription).toMatchObject({ customerId: user, status: "trialing", planId: "starter" });
      }
      for (const user of users.slice(0, 10)) {
        const [subscription] = await store.listSubscriptions(user);
        await expectSameAsProvider(world, store, subscription?.id ?? "");
      }
    },
  );

  test("has nothing left to find, and nothing is read one by one to tell", patient, async () => {
    let reads = 0;
    const provider = withParts(world.provider, {
      subscriptions: {
        inspect(subscription) {
          reads += 1;
          return world.provider.subscriptions.inspect(subscription);
        },
      },
    });
    const billing = world.instance({ provider });
    expect(await billing.reconcile({ repair: true })).toMatchObject({
      checked: 250,
      found: 0,
      resumed: false,
    });
    expect(reads).toBe(0);
  });
});
