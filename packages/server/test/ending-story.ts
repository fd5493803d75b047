import type { CallbackType, Store, Subscription } from "@tollgate/core";
import type { StripeEvent } from "@tollgate/sandbox";
import { expect } from "vitest";
import type { CallOptions } from "./requests.js";
import { newUser, openWorld, type World, type WorldOptions } from "./world.js";

/** What a story is about at one moment, in all places that know of it. */
interface Moment {
  /** As the store has it; the provider has the same. */
  readonly stored: Partial<Subscription>;
  readonly plan: string;
  /** The callbacks so far, oldest first; those about a subscription without `subscription.`. */
  readonly told: readonly string[];
  /** In minor units, so far. */
  readonly charged: number;
  readonly refunded?: number;
}

const types: readonly CallbackType[] = [
  ...(["activated", "changed", "cancel_scheduled", "cancel_undone", "past_due", "recovered"] as const),
  ...(["paused", "resumed", "ended", "duplicate"] as const),
].map((name) => `subscription.${name}` as CallbackType);

/** One customer's story, driven by the clock. */
export interface Story {
  readonly user: string;
  readonly id: string;
  readonly customer: string;
  post(path: string, body?: object, options?: CallOptions): ReturnType<World["call"]>;
  /** Delivers everything that the provider has told so far, again, and runs what waits. */
  deliver(): Promise<void>;
  /** What the callbacks received last. */
  lastTold(type: CallbackType): Subscription | undefined;
  /** Checks provider, store, access, callbacks and money; and that late, repeated webhooks change none of it. */
  expect(moment: Moment): Promise<void>;
}

export interface Stories {
  readonly world: World;
  readonly store: Store;
  /** A customer who buys a plan now. */
  begin(body?: Record<string, unknown>): Promise<Story>;
  /** A customer of ours who was subscribed in the provider's dashboard. */
  beginWith(subscribe: (customer: string) => Promise<string>): Promise<Story>;
}

/** @param alsoTold callbacks that are not about a subscription as such, but belong into these stories */
export async function openStories(
  options: WorldOptions,
  alsoTold: readonly CallbackType[] = [],
): Promise<Stories> {
  const calls: { readonly user: string; readonly type: CallbackType; readonly subscription: Subscription }[] =
    [];
  const note = (type: CallbackType) => (data: { customerId: string; subscription: Subscription }) =>
    void calls.push({ user: data.customerId, type, subscription: data.subscription });
  const on = Object.fromEntries([...types, ...alsoTold].map((type) => [type, note(type)]));
  const world = await openWorld({ jobs: "manual", rateLimits: false, on, ...options });
  const { store } = options;

  function tell(user: string, customer: string, id: string): Story {
    // Refunds and disputes name the payment alone.
    const charges = new Set<string>();
    const mine = ({ data }: StripeEvent) => {
      const object: { readonly [field: string]: unknown } = { ...data.object };
      const theirs = object.id === customer || object.customer === customer;
      if (theirs && object.object === "charge") charges.add(String(object.id));
      return theirs || charges.has(String(object.charge));
    };
    const story: Story = {
      ...{ user, id, customer },
      post: (path, body = {}, own = {}) => world.call("POST", path, { as: user, body, ...own }),
      async deliver() {
        for (const event of world.sandbox.events().filter(mine)) await world.deliver(event);
        await workOff(world);
      },
      lastTold: (type) => calls.findLast((one) => one.user === user && one.type === type)?.subscription,
      async expect({ stored, plan, told, charged, refunded = 0 }) {
        for (const when of ["at once", "after its webhooks", "after all of them again"]) {
          expect(await store.findSubscription(id, "stripe"), when).toMatchObject(stored);
          const { value } = await world.provider.subscriptions.read({ id, providerCustomerId: customer });
          expect(value, when).toMatchObject(stored);
          expect((await world.call("GET", "/access", { as: user })).body.planId, when).toBe(plan);
          await workOff(world);
          const names = calls
            .filter((one) => one.user === user)
            .map(({ type }) => type.replace("subscription.", ""));
          expect(names, when).toEqual(told);
          expect(await booksOf(world, customer), when).toEqual({ charged, refunded });
          await story.deliver();
        }
      },
    };
    return story;
  }

  async function customerOf(user: string): Promise<string> {
    return (await store.findCustomer(user, "stripe"))?.providerCustomerId ?? "";
  }

  return {
    ...{ world, store },
    async begin(body = { planId: "starter", interval: "month" }) {
      const user = newUser();
      world.tick(60);
      const checkout = await world.buy(user, body);
      await world.call("GET", `/checkout/${checkout}`, { as: user });
      const bought = await store.listSubscriptions(user);
      return tell(user, await customerOf(user), bought.at(-1)?.id ?? "");
    },
    async beginWith(subscribe) {
      const user = newUser();
      world.tick(60);
      await world.call("POST", "/checkout", { as: user, body: { productId: "credits" } });
      const customer = await customerOf(user);
      const story = tell(user, customer, await subscribe(customer));
      await story.deliver();
      return story;
    },
  };
}

/** Runs what waits: a customer's next callback is due once the one before has run. */
async function workOff({ billing }: World): Promise<void> {
  for (;;) {
    const { callbacks, jobs, done } = await billing.runJobs();
    if (done && callbacks + jobs === 0) return;
  }
}

/** What arrived from a customer, and what went back, in minor units. */
async function booksOf(world: World, customer: string) {
  const { data } = await world.dashboard.charges.list({ customer, limit: 100 });
  const paid = data.filter((charge) => charge.status === "succeeded");
  return {
    charged: paid.reduce((sum, { amount_captured }) => sum + amount_captured, 0),
    refunded: paid.reduce((sum, { amount_refunded }) => sum + amount_refunded, 0),
  };
}

export const day = 86_400;
/** Until the invoice of a renewal is charged: it is a draft for an hour. */
export const anHourLater = 2 * 3600;
