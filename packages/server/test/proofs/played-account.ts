import type { BillingProvider, Store } from "@tollgate/core";
import { buildCatalog } from "@tollgate/core/testing";
import { type Sandbox, type StripeEvent, startSandbox } from "@tollgate/sandbox";
import Stripe from "stripe";
import { createBilling } from "../../src/index.js";
import { stripe as stripeProvider } from "../../src/providers/stripe/index.js";
import { appUrl, readIdentity } from "../requests.js";

/** A provider's account in which histories are played. */
export interface PlayedAccount {
  readonly sandbox: Sandbox;
  readonly stripe: Stripe;
  readonly provider: BillingProvider;
  /** The provider's ids of prices, ours by name and one of another product. */
  readonly prices: Readonly<Record<string, string>>;
  /** Everything that it has sent since the last call. */
  takeSent(): Promise<StripeEvent[]>;
}

/** Starts a sandbox as the account of this name, with our catalog pushed. */
export async function openPlayedAccount(id: string, store: Store): Promise<PlayedAccount> {
  const start = new Date("2026-11-21T10:00:00Z");
  let sent: StripeEvent[] = [];
  const sandbox = await startSandbox({
    clock: () => start,
    seed: id === "stripe" ? "convergence" : id,
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
  const provider = stripeProvider({ id, secretKey, webhookSecret, apiBase: url });
  const prices = await pushPrices(provider, store, stripe);
  return {
    ...{ sandbox, stripe, provider, prices },
    async takeSent() {
      await sandbox.settled();
      const taken = sent;
      sent = [];
      return taken;
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
