import type { CallbackData, Store } from "@tollgate/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createProviders } from "../../src/context/providers.js";
import {
  type SecondSubscriptionsContext,
  settleDuplicate,
} from "../../src/second-subscriptions/settle-duplicate.js";
import { describeOnPostgres } from "../each-store.js";
import { type Crash, createMortal } from "../fail-at.js";
import { starterPrice, subscribeByHand } from "../subscriber.js";
import { booksOf } from "../two-tabs.js";
import { newUser, type World } from "../world.js";
import { type Move, openMove } from "./move.js";

type Told = CallbackData["subscription.duplicate"];

/** Who paid in one account and then in the other. */
interface Payer {
  readonly user: string;
  readonly kept: World;
  readonly second: World;
}

describeOnPostgres("a process that dies while it settles what was paid in two accounts", (createStore) => {
  let move: Move;
  let store: Store;
  const prices = new Map<World, string>();
  const told: { readonly id: string; readonly data: Told }[] = [];

  beforeAll(async () => {
    store = createStore();
    move = await openMove(store, {
      "subscription.duplicate": (data, { id }) => void told.push({ id, data }),
    });
    for (const world of [move.old, move.next]) prices.set(world, await starterPrice(world));
  });
  afterAll(() => move.close());

  const contextWith = (crash: Crash): SecondSubscriptionsContext => {
    const mortal = createMortal({ store, provider: move.next.provider, others: [move.old.provider] }, crash);
    return {
      store: mortal.store,
      provider: mortal.provider,
      providers: createProviders(mortal.provider, mortal.others),
      owner: { app: "default", database: "db_1" },
      usageTarget: "provider",
      grantsCredits: false,
      topsUp: false,
      duplicates: "cancel_and_refund",
      clock: move.next.sandbox.now,
      logger: { error() {}, warn() {}, info() {} },
    };
  };

  /** By turns the one or the other account has the second one. */
  async function payInBoth(turn: number): Promise<Payer> {
    const user = newUser();
    const [kept, second] = turn % 2 === 0 ? [move.old, move.next] : [move.next, move.old];
    for (const world of [kept, second]) {
      move.tick();
      const metadata = { tollgate_customer: user };
      const made = await subscribeByHand(world, user, prices.get(world) ?? "", undefined, metadata);
      await store.linkCustomer({ customerId: user, provider: world.provider.id, providerCustomerId: made });
    }
    await move.billing.reconcile({ customerId: user, repair: true });
    return { user, kept, second };
  }

  // After one call is before the next: `npm run prove` takes both sides.
  const sides =
    process.env.TOLLGATE_CRASHES === "all" ? (["before", "after"] as const) : (["after"] as const);

  test.each(sides)(
    "%s any call of the store or of either account, leaves what the job completes",
    async (when) => {
      const payers: Payer[] = [];
      for (let done = false; !done; ) {
        const payer = await payInBoth(payers.length);
        payers.push(payer);
        const { user: customerId } = payer;
        const job = { type: "settle_duplicate", customerId, provider: "stripe", group: "main" } as const;
        const crash = { at: payers.length, when };
        done = await settleDuplicate(contextWith(crash), job).then(
          () => true,
          () => false,
        );
      }
      await move.work();
      expect(payers.length).toBeGreaterThan(15);
      for (const [n, { user, kept, second }] of payers.entries()) {
        const after = `a crash at ${n + 1}`;
        expect(await booksOf(kept, user), after).toMatchObject({ running: [{}], charged: 900, refunded: 0 });
        expect(await booksOf(second, user), after).toMatchObject({ running: [], refunded: 900, refunds: 1 });
        const mine = told.filter(({ data }) => data.customerId === user);
        expect(new Set(mine.map(({ id }) => id)).size, after).toBe(1);
        expect(mine[0]?.data).toMatchObject({
          kept: { provider: kept.provider.id },
          refund: { amount: 900 },
        });
      }
    },
    240_000,
  );
});
