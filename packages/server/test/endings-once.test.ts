import { afterAll, beforeAll, expect, test } from "vitest";
import type { Billing } from "../src/index.js";
import { stripe } from "../src/providers/stripe/index.js";
import { describeEachStore } from "./each-store.js";
import { day, openStories, type Stories, type Story } from "./ending-story.js";
import type { Crash } from "./fail-at.js";
import { type FlakyProxy, startFlakyProxy } from "./flaky-proxy.js";
import { dyingAt, mortalDriver } from "./proofs/crash.js";
import { booksOf } from "./two-tabs.js";

type Subscriptions = Billing["subscriptions"];

/** What somebody wants, and how it looks when it was done exactly once. */
interface Wish {
  readonly name: string;
  prepare(story: Story): Promise<unknown>;
  act(subscriptions: Subscriptions, customerId: string): Promise<unknown>;
  readonly status: string;
  readonly told: readonly string[];
  readonly charged: number;
  readonly refunded: number;
}

const half = { refunded: 450, charged: 900 };
const plain = { refunded: 0, charged: 900 };

describeEachStore("what is asked for twice, or breaks off, is done once", (createStore) => {
  let stories: Stories;
  let world: Stories["world"];
  let proxy: FlakyProxy;
  let second: Billing;
  let behindProxy: Billing;

  beforeAll(async () => {
    const store = createStore(mortalDriver);
    stories = await openStories({ store });
    world = stories.world;
    proxy = await startFlakyProxy(world.sandbox.url);
    second = world.instance();
    const { secretKey, webhookSecret } = world.sandbox;
    behindProxy = world.instance({ provider: stripe({ secretKey, webhookSecret, apiBase: proxy.url }) });
  });
  afterAll(async () => {
    await proxy.close();
    await world.close();
  });

  async function toTheMiddle({ id }: Story): Promise<void> {
    const one = await stories.store.findSubscription(id, "stripe");
    const { start, end } = one?.currentPeriod ?? { start: "", end: "" };
    const middle = (Date.parse(start) + Date.parse(end)) / 2;
    world.tick((middle - world.sandbox.now().getTime()) / 1000);
  }

  const wishes: readonly Wish[] = [
    {
      name: "an end with the period",
      prepare: async () => {},
      act: (to, customerId) => to.cancel({ customerId, reason: "unused" }),
      ...{ status: "active", told: ["activated", "cancel_scheduled"], ...plain },
    },
    {
      name: "an end at once with a refund",
      prepare: toTheMiddle,
      act: (to, customerId) => to.cancel({ customerId, at: "now", settlement: "refund" }),
      ...{ status: "ended", told: ["activated", "ended"], ...half },
    },
    {
      name: "a full pause",
      prepare: async () => {},
      act: (to, customerId) => to.pause({ customerId }),
      ...{ status: "paused", told: ["activated", "paused"], ...plain },
    },
    {
      name: "the end of a full pause, which costs a new period",
      async prepare(story) {
        await toTheMiddle(story);
        await world.billing.subscriptions.pause({ customerId: story.user });
        world.tick(60 * day);
      },
      act: (to, customerId) => to.resume({ customerId }),
      ...{ status: "active", told: ["activated", "paused", "resumed"], refunded: 0, charged: 1350 },
    },
  ];

  async function expectOnce(story: Story, { told, status, charged, refunded }: Wish, after: string) {
    const plan = status === "active" ? "starter" : "free";
    await story.expect({ stored: { status: status as "active" }, plan, told, charged, refunded });
    const { data } = await world.dashboard.refunds.list({ limit: 100 });
    const made = data.filter(({ metadata }) => metadata?.tollgate_subscription === story.id);
    expect(made.length, after).toBe(refunded > 0 ? 1 : 0);
  }

  test.each(wishes)("$name: by four clicks at once, in two instances", async (wish) => {
    const story = await stories.begin();
    await wish.prepare(story);
    const instances = [world.billing, second, world.billing, second];
    const all = instances.map(({ subscriptions }) => wish.act(subscriptions, story.user));
    await Promise.all(all);
    await expectOnce(story, wish, "four clicks");
  });

  /** Lets story after story meet the crash one step later, until one gets through; then each is asked for again. */
  async function crashEverywhere(
    wish: Wish,
    billing: Billing,
    live: (at: number, work: () => Promise<unknown>) => Promise<unknown>,
  ): Promise<number> {
    for (let at = 1; ; at += 1) {
      const story = await stories.begin();
      await wish.prepare(story);
      const isDone = await live(at, () => wish.act(billing.subscriptions, story.user)).then(
        () => true,
        () => false,
      );
      proxy.fail(null);
      world.tick();
      await wish.act(world.billing.subscriptions, story.user);
      await expectOnce(story, wish, `a crash at ${at}`);
      if (isDone) return at - 1;
    }
  }

  // `npm test` crashes one of them, on one side of each request; `npm run prove` both, on both.
  const all = process.env.TOLLGATE_CRASHES === "all";
  const sides: readonly Crash["when"][] = all ? ["before", "after"] : ["after"];
  const costly = wishes.filter(({ name }) => name.includes("refund") || (all && name.includes("costs")));

  test.each(costly.flatMap((wish) => sides.map((when) => ({ ...wish, when }))))(
    "$name: when the line breaks $when any request, and it is asked for again",
    { timeout: 120_000 },
    async ({ when, ...wish }) => {
      const steps = await crashEverywhere(wish, behindProxy, (at, work) => {
        proxy.fail({ at, when });
        return work();
      });
      expect(steps).toBeGreaterThan(3);
    },
  );

  test.each(costly)(
    "$name: when the process dies before any statement, and it is asked for again",
    { timeout: 120_000 },
    async (wish) => {
      const steps = await crashEverywhere(wish, world.billing, (step, work) =>
        dyingAt({ step, side: "before" }, work),
      );
      expect(steps).toBeGreaterThan(3);
    },
  );

  test("what is cancelled for one is left alone for another: the books of two customers stay apart", async () => {
    const [one, other] = [await stories.begin(), await stories.begin()];
    await one.post("/subscription/cancel", { at: "now" });
    expect(await booksOf(world, other.user)).toMatchObject({
      running: [other.id],
      charged: 900,
      refunded: 0,
    });
  });
});
