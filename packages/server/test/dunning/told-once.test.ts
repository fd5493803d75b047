import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tellDunning } from "../../src/dunning/tell-dunning.js";
import { describeEachStore } from "../each-store.js";
import { createMortal } from "../fail-at.js";
import { contextOf } from "../reconcile/job-context.js";
import { type Customer, type DunningStory, day, openStory } from "./dunning-story.js";

const failing = "pm_card_chargeCustomerFail";

describeEachStore("a notice is told once", (createStore) => {
  let story: DunningStory;
  let store: Store;
  /** What the mail server says. */
  let outage: Error | null = null;
  const sent: number[] = [];

  beforeAll(async () => {
    store = createStore();
    story = await openStory(
      store,
      { dunning: { retryAfterDays: [20], finally: "cancel" } },
      {
        on: {
          "dunning.notice": ({ noticed }) => {
            if (outage !== null) throw outage;
            sent.push(noticed);
          },
        },
      },
    );
  });
  afterAll(() => story.close());

  async function fail(): Promise<Customer> {
    const customer = await story.begin();
    await customer.replaceCard(failing);
    await customer.renew();
    return customer;
  }
  const sentSince = (before: number) => sent.slice(before);
  const enqueue = () => store.enqueueJobs([{ type: "tell_dunning" }]);

  test("by several instances at once, and by jobs that come twice", async () => {
    const before = sent.length;
    const customer = await fail();
    await customer.sleep(3 * day);
    const { id: subscriptionId, provider } = await customer.stored();
    const others = [1, 2, 3].map(() => story.world.instance());
    for (let times = 0; times < 4; times += 1) await enqueue();
    await store.enqueueJobs([{ type: "notify_dunning", provider, subscriptionId }]);
    await Promise.all([story.world.billing, ...others].map((one) => one.runJobs()));
    await customer.work();
    expect(sentSince(before)).toEqual([0, 3]);
  });

  test("whichever call a process dies at", async () => {
    const before = sent.length;
    const customer = await fail();
    await customer.sleep(3 * day);
    const { provider } = story.world;
    // What a process does that dies before it could tell, or after.
    for (let at = 1; at <= 12; at += 1) {
      for (const when of ["before", "after"] as const) {
        const mortal = createMortal({ store, provider }, { at, when });
        const context = await contextOf({ provider: mortal.provider, sandbox: story.world.sandbox }, store);
        const own = {
          ...context,
          store: mortal.store,
          dunning: { noticeDays: [0, 3], updateUrl: "https://x.test/" },
        };
        await tellDunning(own, { type: "tell_dunning" }, new AbortController().signal).catch(() => {});
      }
    }
    await customer.work();
    await customer.work();
    expect(sentSince(before)).toEqual([0, 3]);
  });

  test("and never once it is paid, however long it waited in the outbox", async () => {
    const before = sent.length;
    outage = new Error("The mail server is down.");
    const customer = await fail();
    outage = null;
    await customer.replaceCard("pm_card_visa");
    await customer.payOpen();
    await customer.sleep(60);
    const { callbacks } = await story.world.billing.callbacks.list({ customerId: customer.user });
    const [notice] = callbacks.filter(({ type }) => type === "dunning.notice");
    expect(notice).toMatchObject({ state: "waiting" });
    expect(notice?.attempts).toBeGreaterThan(0);
    await story.world.billing.callbacks.replay(notice?.id ?? "");
    await customer.work();
    expect(sentSince(before)).toEqual([]);
  });

  test("and only the latest, where several waited in the outbox", async () => {
    const before = sent.length;
    outage = new Error("The mail server is down.");
    const customer = await fail();
    await customer.pass(3 * day);
    outage = null;
    const { callbacks } = await story.world.billing.callbacks.list({ customerId: customer.user });
    for (const { id, type, state } of callbacks.toReversed()) {
      if (type === "dunning.notice" && state === "waiting") await story.world.billing.callbacks.replay(id);
    }
    await customer.work();
    await customer.work();
    expect(sentSince(before)).toEqual([3]);
  });

  test("later, where the provider could not be asked", async () => {
    const before = sent.length;
    const customer = await fail();
    await customer.sleep(3 * day);
    const { provider } = story.world;
    const { subscriptions } = provider;
    const down = {
      ...provider,
      subscriptions: { ...subscriptions, read: () => Promise.reject(new Error("down")) },
    };
    const instance = story.world.instance({ provider: down });
    await enqueue();
    expect(await instance.runJobs()).toMatchObject({ failed: 1 });
    expect(sentSince(before)).toEqual([0]);
    await customer.work();
    expect(sentSince(before)).toEqual([0, 3]);
  });
});
