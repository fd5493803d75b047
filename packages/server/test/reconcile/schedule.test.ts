import type { Store } from "@tollgate/core";
import { expect, test, vi } from "vitest";
import { createProviders } from "../../src/context/providers.js";
import { runReconcile } from "../../src/jobs/reconcile-job.js";
import { describeEachStore, describeOnPostgres } from "../each-store.js";
import { starterPrice, subscribe } from "../subscriber.js";
import { withParts } from "../with-parts.js";
import { newUser, openWorld } from "../world.js";
import { fillAccount } from "./existing-account.js";
import { contextOf } from "./job-context.js";
import { expectSameAsProvider } from "./same-as-provider.js";

describeOnPostgres("two instances that compare once a day", (createStore) => {
  test("run the job once, without being asked, and repair what they find", async () => {
    // Without background work of its own, which would do the others' job before them.
    const world = await openWorld({ store: createStore(), jobs: "manual" });
    const { subscriptionId } = await subscribe(world, newUser());
    world.tick(3600);
    let lists = 0;
    const { listAll } = world.provider.subscriptions;
    const provider = withParts(world.provider, {
      subscriptions: {
        listAll(input) {
          lists += 1;
          return listAll?.(input) ?? Promise.reject(new Error("There is no list."));
        },
      },
    });
    const stores = [createStore(), createStore()];
    const options = { provider, reconcileEveryHours: 24, jobs: "background" } as const;
    const instances = stores.map((store) => world.instance({ ...options, store }));
    // Any first use of an instance starts its background work.
    for (const billing of instances) await world.call("GET", "/access", { as: "somebody", billing });
    const [store] = stores;
    if (store === undefined) throw new Error("There is no store.");
    await vi.waitFor(async () => expect(await store.listFinishedReconciles("stripe", 9)).toHaveLength(1), {
      timeout: 30_000,
    });
    for (const billing of instances) await billing.runJobs();
    expect(lists).toBe(1);
    expect(await store.listFinishedReconciles("stripe", 9)).toMatchObject([
      { scope: "full", repair: true, found: 1, repaired: 1 },
    ]);
    await expectSameAsProvider(world, store, subscriptionId);
    for (const billing of instances) await billing.close();
    await world.close();
  }, 60_000);
});

describeEachStore("what the job compares", (createStore) => {
  test("is full the first time and after a long break, and otherwise continues from the last one", async () => {
    const store = createStore();
    const world = await openWorld({ store });
    const scopes = async () => (await store.listFinishedReconciles("stripe", 9)).map(({ scope }) => scope);
    const job = async () => runReconcile(await contextOf(world, store), { type: "reconcile" }, never());
    await world.billing.reconcile({ customerId: "org_1" });
    await job();
    const began = world.sandbox.now().getTime();
    expect(await scopes()).toContain("full");
    world.tick(86_400);
    await job();
    expect((await scopes())[0]).toBe(`since:${new Date(began - 3_600_000).toISOString()}`);
    world.tick(31 * 86_400);
    await job();
    expect((await scopes())[0]).toBe("full");
    await world.close();
  }, 60_000);
});

describeEachStore("the job that compares", (createStore) => {
  test("stops when its time is up, enqueues another one, and that one continues", async () => {
    const store = createStore();
    const world = await openWorld({
      store,
      identifyCustomer: ({ metadata }) => metadata.app_user ?? null,
    });
    await fillAccount(world, await starterPrice(world), 110);
    world.tick(3600);
    const stopping = new AbortController();
    const asked: (string | null)[] = [];
    const { listAll } = world.provider.subscriptions;
    const provider = withParts(world.provider, {
      subscriptions: {
        listAll(input) {
          asked.push(input.after);
          if (asked.length === 2) stopping.abort();
          return listAll?.(input) ?? Promise.reject(new Error("There is no list."));
        },
      },
    });
    let enqueued = 0;
    const watched: Store = {
      ...store,
      async enqueueJobs(jobs) {
        enqueued += jobs.filter(({ type }) => type === "reconcile").length;
      },
    };
    const context = { ...(await contextOf(world, watched)), provider, providers: createProviders(provider) };
    await runReconcile(context, { type: "reconcile" }, stopping.signal);
    expect(enqueued).toBe(1);
    expect(await store.listFinishedReconciles("stripe", 9)).toEqual([]);
    await runReconcile(context, { type: "reconcile" }, never());
    expect(enqueued).toBe(1);
    expect(asked.filter((after) => after === null)).toHaveLength(1);
    expect(await store.listFinishedReconciles("stripe", 9)).toMatchObject([{ checked: 110, repaired: 110 }]);
    await world.close();
  }, 240_000);
});

function never(): AbortSignal {
  return new AbortController().signal;
}
