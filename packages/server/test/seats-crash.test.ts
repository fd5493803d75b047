import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stripe } from "../src/providers/stripe/index.js";
import type { Changer } from "./changer.js";
import { describeEachStore } from "./each-store.js";
import { type Crash, createMortal } from "./fail-at.js";
import { type FlakyProxy, startFlakyProxy } from "./flaky-proxy.js";
import { openSeatWorld } from "./seat-story.js";

/** All of them in `npm run prove`. */
const stride = process.env.TOLLGATE_CRASHES === "all" ? 1 : 12;
const requestStride = process.env.TOLLGATE_CRASHES === "all" ? 1 : 3;

describeEachStore("a crash while seats are bought beside a change that waits", (createStore) => {
  let story: Awaited<ReturnType<typeof openSeatWorld>>;
  let store: Store;
  let proxy: FlakyProxy;
  beforeAll(async () => {
    store = createStore();
    story = await openSeatWorld({ store });
    proxy = await startFlakyProxy(story.world.sandbox.url);
  });
  afterAll(async () => {
    await proxy.close();
    await story.world.close();
  });

  /** Ten seats in packs of five, and a plan by the seat that waits for the period's end. */
  async function waitForTeam(): Promise<Changer> {
    const one = await story.buyTeam(10, "packs");
    expect((await one.change({ planId: "team", quantity: 8 })).body).toMatchObject({ status: "scheduled" });
    return one;
  }

  const throughProxy = () => {
    const { secretKey, webhookSecret } = story.world.sandbox;
    return stripe({ secretKey, webhookSecret, apiBase: proxy.url, requestsPerSecond: 1_000 });
  };

  /** Whatever became of the report: the change still waits, nobody has paid twice, and saying so again does the rest. */
  async function expectNothingLost(one: Changer, before: number, where: string): Promise<void> {
    story.world.tick(3_600);
    await one.hear();
    await store.enqueueJobs([{ type: "settle_seats", customerId: one.user }]);
    await story.settle();
    const waiting = (await one.access()).subscription?.pendingChange;
    expect(waiting, where).toMatchObject({ planId: "team" });
    expect(await story.set(one, 11), where).toMatchObject({ used: 11, quantity: 11, problem: null });
    const { subscription } = await one.access();
    expect(subscription, where).toMatchObject({
      planId: "packs",
      pendingChange: { planId: "team", quantity: 11 },
    });
    expect(await story.billed(one), where).toEqual([11]);
    expect((await one.charged()) - before, where).toBeLessThanOrEqual(5_000);
    expect((await one.charged()) - before, where).toBeGreaterThan(4_900);
  }

  async function crashAtEach(
    report: (one: Changer, crash: Crash) => Promise<unknown>,
    everyNth: number,
  ): Promise<number> {
    for (const when of ["before", "after"] as const) {
      for (let at = 1; ; at += everyNth) {
        const one = await waitForTeam();
        const before = await one.charged();
        const isThrough = await report(one, { at, when }).then(
          () => true,
          () => false,
        );
        await expectNothingLost(one, before, `${when} step ${at}`);
        if (!isThrough) continue;
        if (when === "after") return at;
        break;
      }
    }
    throw new Error("Unreachable.");
  }

  test("with the line to the provider cut at each request of a first report", async () => {
    const steps = await crashAtEach(async (one, crash) => {
      const { seats } = story.world.instance({ provider: throughProxy() });
      proxy.fail(crash);
      try {
        await seats.set({ customerId: one.user, count: 11 });
      } finally {
        proxy.fail(null);
      }
    }, requestStride);
    expect(steps).toBeGreaterThan(4);
  });

  test("with the process killed at its steps", { timeout: 600_000 }, async () => {
    const steps = await crashAtEach(async (one, crash) => {
      const mortal = createMortal({ store, provider: story.world.provider }, crash);
      const { seats } = story.world.instance({ store: mortal.store, provider: mortal.provider });
      await seats.set({ customerId: one.user, count: 11 });
    }, stride);
    expect(steps).toBeGreaterThan(10);
  });
});
