import type { BillingProvider, Store } from "@tollgate/core";
import { buildCatalog } from "@tollgate/core/testing";
import { type StripeEvent, startSandbox } from "@tollgate/sandbox";
import Stripe from "stripe";
import { createBilling } from "../../src/index.js";
import { stripe as stripeProvider } from "../../src/providers/stripe/index.js";
import { createSqlStore } from "../../src/stores/store/sql-store.js";
import { appUrl, readIdentity, toDelivery } from "../requests.js";
import type { CrashPoint } from "./crash.js";
import { openNeighbour } from "./neighbour.js";
import type { SharedDatabase } from "./shared-database.js";

/** A provider's account and two instances of an app, in which one history after another is played. */
export interface ConvergenceWorld {
  readonly stripe: Stripe;
  readonly provider: BillingProvider;
  readonly store: Store;
  readonly prices: Readonly<Record<string, string>>;
  /** The events that the provider has sent since the last call. */
  takeEvents(): Promise<StripeEvent[]>;
  /**
   * Delivers an event, signed now, to an instance that dies while handling it at `crash`; the HTTP status of the
   * answer.
   */
  deliver(event: StripeEvent, instance: number, crash: CrashPoint | null): Promise<number>;
  /** One of the instances does what is left to do. */
  finishJobs(): Promise<void>;
  /** One of the instances compares a customer with the provider, and repairs what differs. */
  reconcile(customerId: string): Promise<void>;
  /** What another app in the same account took for its own, though nobody uses that app. */
  neighbourHolds(): Promise<string[]>;
  pass(seconds: number): void;
  close(): Promise<void>;
}

/** What means something to us; the rest is answered without looking at the store. */
const oursOnly =
  /^(customer\.(subscription\.|deleted)|subscription_schedule\.|checkout\.session\.|invoice\.(paid|payment_failed|payment_action_required))/;

export async function openConvergenceWorld(
  database: SharedDatabase,
  neighbourDatabase: SharedDatabase,
): Promise<ConvergenceWorld> {
  const start = new Date("2026-11-21T10:00:00Z");
  let sent: StripeEvent[] = [];
  const sandbox = await startSandbox({
    clock: () => start,
    seed: "convergence",
    log: () => undefined,
    scheduler: { after: () => () => undefined },
    webhooks: [{ url: "http://receiver.test/hook" }],
    fetch: async (_url, init) => {
      sent.push(JSON.parse(String(init?.body)));
      return new Response("ok");
    },
  });
  const { hostname, port } = new URL(sandbox.url);
  const stripe = new Stripe(sandbox.secretKey, {
    host: hostname,
    port,
    protocol: "http",
    maxNetworkRetries: 0,
  });
  const { secretKey, webhookSecret, url } = sandbox;
  const provider = stripeProvider({ secretKey, webhookSecret, apiBase: url });
  const store = createSqlStore(database.open());
  await store.migrate();
  const neighbour = await openNeighbour(sandbox, neighbourDatabase);
  const prices = { ...(await pushPrices(provider, store, stripe)), neighbour: neighbour.price };
  const instances = await Promise.all([0, 1].map(() => database.startInstance(sandbox)));
  return {
    stripe,
    provider,
    store,
    prices,
    async takeEvents() {
      await sandbox.settled();
      for (const event of sent) neighbour.note(event);
      const taken = sent.filter(({ type }) => oursOnly.test(type));
      sent = [];
      return taken;
    },
    async deliver(event, instance, crash) {
      const chosen = instances[instance % instances.length];
      const [status] = await Promise.all([
        chosen?.deliver(toDelivery(sandbox, stripe, event, {}), crash) ?? 0,
        neighbour.hear(toDelivery(sandbox, stripe, event, {})),
      ]);
      return status;
    },
    finishJobs: async () => instances[0]?.finishJobs(),
    reconcile: async (customerId) => instances[1]?.reconcile(customerId),
    pass: (seconds) => sandbox.advance(new Date(sandbox.now().getTime() + seconds * 1000)),
    neighbourHolds: neighbour.holds,
    async close() {
      await neighbour.close();
      for (const instance of instances) await instance.close();
      await store.close();
      await sandbox.close();
    },
  };
}

async function pushPrices(
  provider: BillingProvider,
  store: Store,
  stripe: Stripe,
): Promise<Record<string, string>> {
  const options = { plans: buildCatalog(), provider, store, appUrl, identify: readIdentity };
  const changes = await createBilling({ ...options, environment: "development", jobs: "manual" }).pushPlans();
  const found: Record<string, string> = {};
  for (const { kind, catalogId, interval, currency, providerId } of changes) {
    if (kind !== "price" || currency !== "usd" || interval === null || providerId === null) continue;
    found[interval === "year" ? "yearly" : catalogId] = providerId;
  }
  const product = await stripe.products.create({ name: "Another product of the account" });
  const other = { product: product.id, currency: "usd", recurring: { interval: "month" } } as const;
  found.foreign = (await stripe.prices.create({ ...other, unit_amount: 4200 })).id;
  found.addon = (await stripe.prices.create({ ...other, unit_amount: 300 })).id;
  return found;
}
