import type { BillingProvider, Store } from "@tollgate/core";
import { buildCatalog, type ExampleCatalog } from "@tollgate/core/testing";
import { type StripeEvent, startSandbox } from "@tollgate/sandbox";
import Stripe from "stripe";
import { type Billing, createBilling } from "../../src/index.js";
import { stripe as stripeProvider } from "../../src/providers/stripe/index.js";
import type { SqlDriver } from "../../src/stores/sql-driver.js";
import { createSqlStore } from "../../src/stores/sql-store.js";
import { appUrl, readIdentity, toDelivery } from "../requests.js";
import { mortalDriver, mortalProvider } from "./crash.js";

/** A provider's account and two instances of an app, in which one history after the other is played. */
export interface ConvergenceWorld {
  readonly stripe: Stripe;
  readonly provider: BillingProvider;
  readonly store: Store;
  readonly instances: readonly Billing<ExampleCatalog>[];
  readonly prices: Readonly<Record<string, string>>;
  /** The events that the provider sent since the last call. */
  takeEvents(): Promise<StripeEvent[]>;
  /** Delivers an event, signed now; the HTTP status of the answer. */
  deliver(event: StripeEvent, instance: number): Promise<number>;
  pass(seconds: number): void;
  close(): Promise<void>;
}

/** What means something to us; the rest is answered without looking at the store. */
const oursOnly =
  /^(customer\.(subscription\.|deleted)|subscription_schedule\.|checkout\.session\.|invoice\.(paid|payment_failed|payment_action_required))/;

/** @param openDriver opens another connection to the same database */
export async function openConvergenceWorld(openDriver: () => SqlDriver): Promise<ConvergenceWorld> {
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
  const store = createSqlStore(openDriver());
  const instances = [0, 1].map(() =>
    createBilling({
      plans: buildCatalog(),
      provider: mortalProvider(provider),
      store: createSqlStore(mortalDriver(openDriver())),
      appUrl,
      identify: readIdentity,
      environment: "development",
      clock: sandbox.now,
      jobs: "manual",
      logger: { error: () => undefined, warn: () => undefined, info: () => undefined },
    }),
  );
  await store.migrate();
  const prices = await pushPrices(instances, stripe);
  return {
    stripe,
    provider,
    store,
    instances,
    prices,
    async takeEvents() {
      await sandbox.settled();
      const taken = sent.filter(({ type }) => oursOnly.test(type));
      sent = [];
      return taken;
    },
    async deliver(event, instance) {
      const billing = instances[instance % instances.length];
      const response = await billing?.handler(toDelivery(sandbox, stripe, event, {}));
      return response?.status ?? 0;
    },
    pass: (seconds) => sandbox.advance(new Date(sandbox.now().getTime() + seconds * 1000)),
    async close() {
      for (const instance of instances) await instance.close();
      await store.close();
      await sandbox.close();
    },
  };
}

async function pushPrices(
  instances: readonly Billing<ExampleCatalog>[],
  stripe: Stripe,
): Promise<Record<string, string>> {
  const changes = (await instances[0]?.pushPlans()) ?? [];
  const found: Record<string, string> = {};
  for (const { kind, catalogId, interval, currency, providerId } of changes) {
    if (kind !== "price" || currency !== "usd" || interval === null) continue;
    found[interval === "year" ? "yearly" : catalogId] = providerId;
  }
  const product = await stripe.products.create({ name: "Another product of the account" });
  const other = { product: product.id, currency: "usd", recurring: { interval: "month" } } as const;
  found.foreign = (await stripe.prices.create({ ...other, unit_amount: 4200 })).id;
  found.addon = (await stripe.prices.create({ ...other, unit_amount: 300 })).id;
  return found;
}
