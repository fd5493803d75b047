import type { CallbackData, Store } from "@tollgate/core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createProviders } from "../src/context/providers.js";
import { stripe } from "../src/providers/stripe/index.js";
import {
  type SecondSubscriptionsContext,
  settleDuplicate,
} from "../src/second-subscriptions/settle-duplicate.js";
import { applyRead } from "../src/sync/apply-read.js";
import { describeEachStore, describeOnPostgres } from "./each-store.js";
import { type Crash, createMortal } from "./fail-at.js";
import { type FlakyProxy, startFlakyProxy } from "./flaky-proxy.js";
import { dyingAt, mortalDriver } from "./proofs/crash.js";
import { starterPrice, subscribeByHand } from "./subscriber.js";
import { booksOf } from "./two-tabs.js";
import { newUser, openWorld, type World } from "./world.js";

type Told = CallbackData["subscription.duplicate"];

interface Payer {
  readonly user: string;
  /** The provider's id of the subscription that must stay. */
  readonly first: string;
}

/** The steps are the same on both stores; `npm run prove` takes them on PGlite, too. */
const all = process.env.TOLLGATE_CRASHES === "all";
const describeStores = all ? describeEachStore : describeOnPostgres;

describeStores("a crash while the second subscription is cancelled and refunded", (createStore) => {
  let world: World;
  let store: Store;
  let proxy: FlakyProxy;
  let price: string;
  const told: { readonly id: string; readonly data: Told }[] = [];
  const on = {
    "subscription.duplicate": (data: Told, { id }: { readonly id: string }) => void told.push({ id, data }),
  };

  beforeAll(async () => {
    store = createStore(mortalDriver);
    world = await openWorld({ store, on, jobs: "manual" });
    await store.migrate();
    price = await starterPrice(world);
    proxy = await startFlakyProxy(world.sandbox.url);
  });
  afterAll(async () => {
    await proxy.close();
    await world.close();
  });

  const contextWith = (
    parts: Pick<SecondSubscriptionsContext, "provider" | "store">,
  ): SecondSubscriptionsContext => ({
    provider: parts.provider,
    providers: createProviders(parts.provider),
    store: parts.store,
    owner: { app: "default", database: "db_1" },
    usageTarget: "provider",
    grantsCredits: false,
    topsUp: false,
    duplicates: "cancel_and_refund",
    clock: world.sandbox.now,
    logger: { error() {}, warn() {}, info() {} },
  });

  /** A user with two paid subscriptions that are known, and the job that will deal with them. */
  async function payTwice(): Promise<Payer> {
    const user = newUser();
    const metadata = { tollgate_customer: user };
    const customer = await subscribeByHand(world, user, price, undefined, metadata);
    world.tick();
    await subscribeByHand(world, user, price, customer, metadata);
    await store.linkCustomer({ customerId: user, provider: "stripe", providerCustomerId: customer });
    const { data } = await world.dashboard.subscriptions.list({ customer });
    const context = contextWith({ store, provider: world.provider });
    for (const { id } of data)
      await applyRead(context, { provider: "stripe", subscriptionId: id, customerId: user });
    return { user, first: data.at(-1)?.id ?? "" };
  }

  /** Whether it got through in spite of the crash. */
  async function settle({ user }: Payer, context: SecondSubscriptionsContext): Promise<boolean> {
    const job = { type: "settle_duplicate", customerId: user, provider: "stripe", group: "main" } as const;
    return settleDuplicate(context, job).then(
      () => true,
      () => false,
    );
  }

  /** Lets payer after payer meet the crash one step later, until one gets through; then the jobs run. */
  async function crashEverywhere(
    crashAt: (at: number) => SecondSubscriptionsContext,
    live: <T>(at: number, work: () => Promise<T>) => Promise<T> = (_, work) => work(),
  ): Promise<number> {
    const payers: Payer[] = [];
    for (let done = false; !done; ) {
      const payer = await payTwice();
      payers.push(payer);
      const at = payers.length;
      done = await live(at, () => settle(payer, crashAt(at)));
    }
    const isTold = ({ user }: Payer) => told.some(({ data }) => data.customerId === user);
    await vi.waitFor(
      async () => {
        await world.billing.runJobs({ maxSeconds: 20 });
        expect(payers.filter((one) => !isTold(one))).toEqual([]);
      },
      { timeout: 60_000 },
    );
    for (const [n, payer] of payers.entries()) await expectSettledOnce(payer, `a crash at ${n + 1}`);
    return payers.length;
  }

  async function expectSettledOnce({ user, first }: Payer, after: string): Promise<void> {
    const books = { running: [first], charged: 1800, refunded: 900, refunds: 1 };
    expect(await booksOf(world, user), after).toEqual(books);
    const mine = told.filter(({ data }) => data.customerId === user);
    expect(mine.length, after).toBeGreaterThan(0);
    expect(new Set(mine.map(({ id }) => id)).size).toBe(1);
    expect(mine[0]?.data).toMatchObject({ kept: { id: first }, refund: { amount: 900, currency: "usd" } });
  }

  const moments: Crash["when"][] = ["before", "after"];
  // After one call is before the next, so `npm test` takes one side of each; `npm run prove` takes both.
  const sideOf = (side: Crash["when"]) => moments.filter((one) => all || one === side);

  test.each(sideOf("after"))(
    "%s any call of the store or the provider is completed by the job",
    async (when) => {
      const parts = { store, provider: world.provider };
      const steps = await crashEverywhere((at) => contextWith(createMortal(parts, { at, when })));
      expect(steps).toBeGreaterThan(15);
    },
  );

  test.each(sideOf("before"))(
    "%s any statement of the store, commits included, is completed by the job",
    async (when) => {
      const context = contextWith({ store, provider: world.provider });
      const steps = await crashEverywhere(
        () => context,
        (at, work) => dyingAt({ step: at, side: when }, work),
      );
      expect(steps).toBeGreaterThan(25);
    },
  );

  test.each(moments)("%s any request to the provider is completed by the job", async (when) => {
    const { secretKey, webhookSecret } = world.sandbox;
    const provider = stripe({ secretKey, webhookSecret, apiBase: proxy.url });
    const steps = await crashEverywhere((at) => {
      proxy.fail({ at, when });
      return contextWith({ store, provider });
    });
    expect(steps).toBeGreaterThan(7);
  });
});
