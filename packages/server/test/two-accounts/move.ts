import type { BillingProvider, CallbackHandlers, Store } from "@tollgate/core";
import type { ExampleCatalog } from "@tollgate/core/testing";
import type { StripeEvent } from "@tollgate/sandbox";
import type { Billing, BillingOptions } from "../../src/index.js";
import { stripe } from "../../src/providers/stripe/index.js";
import type { Answer, CallOptions } from "../requests.js";
import { openWorld, type World } from "../world.js";

/** An app that moves from one account to another, with one database for both. */
export interface Move {
  /** The account that the app comes from: `stripe`. Its own billing knows no other. */
  readonly old: World;
  /** The account that it goes to: `stripe-new`. */
  readonly next: World;
  /** The app on its way: the new account sells, and the old one is still in the list. */
  readonly billing: Billing<ExampleCatalog>;
  readonly store: Store;
  instance(options?: Partial<BillingOptions<ExampleCatalog>>): Billing<ExampleCatalog>;
  /** Moves both accounts' clocks. */
  tick(seconds?: number): void;
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** Delivers everything that either account told about a user, each to its own webhook, in the order that is given. */
  deliverAll(user: string, order?: (events: readonly Sent[]) => readonly Sent[]): Promise<void>;
  work(): Promise<void>;
  close(): Promise<void>;
}

interface Sent {
  readonly from: World;
  readonly event: StripeEvent;
}

export async function openMove(store: Store, on: CallbackHandlers = {}): Promise<Move> {
  const options = { store, on, jobs: "manual", rateLimits: false } as const;
  const old = await openWorld(options);
  const next = await openWorld({
    ...options,
    account: "stripe-new",
    sandboxOptions: { webhookSecret: "whsec_of_the_new_account" },
  });
  const instance: Move["instance"] = (overrides = {}) =>
    next.instance({ provider: [next.provider, old.provider], ...overrides });
  const billing = instance();
  return {
    ...{ old, next, billing, store, instance },
    tick(seconds) {
      old.tick(seconds);
      next.tick(seconds);
    },
    call: (method, path, given = {}) => next.call(method, path, { billing, ...given }),
    async deliverAll(user, order = (events) => events) {
      const sent = [old, next].flatMap((from) => from.events(user).map((event) => ({ from, event })));
      for (const { from, event } of order(sent)) {
        const { status, body } = await from.deliver(event, { billing });
        if (status !== 200) throw new Error(`${event.type} was answered ${status}: ${JSON.stringify(body)}`);
      }
    },
    async work() {
      const { failed, done } = await billing.runJobs({ maxSeconds: 20 });
      if (failed > 0 || !done) throw new Error(`${failed} jobs failed, and the rest is done: ${done}.`);
    },
    async close() {
      await billing.close();
      await old.close();
      await next.close();
    },
  };
}

/** The provider of an account, by way of another address. */
export function reachedAt({ sandbox, provider }: World, apiBase: string): BillingProvider {
  const { secretKey, webhookSecret } = sandbox;
  return stripe({ id: provider.id, secretKey, webhookSecret, apiBase, requestsPerSecond: 1_000 });
}
