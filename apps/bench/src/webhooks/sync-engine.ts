import { requirePeer } from "../../peers/load-peer.js";
import { openPool } from "../postgres/databases.js";
import type { Contender, ContenderSettings, Quantity } from "./contender.js";
import { peerStripeVersion } from "./peer-stripe.js";

interface SyncEngine {
  readonly runMigrations: (config: {
    readonly databaseUrl: string;
    readonly schema: string;
  }) => Promise<void>;
  readonly StripeSync: new (config: {
    readonly poolConfig: {
      readonly connectionString: string;
      readonly max: number;
      readonly idleTimeoutMillis: number;
    };
    readonly stripeSecretKey: string;
    readonly stripeWebhookSecret: string;
    readonly stripeApiVersion: string;
  }) => { processWebhook(body: string, signature: string | null): Promise<void> };
}

/** `@supabase/stripe-sync-engine`, in the build that runs its migrations, with nothing asked of the API. */
export async function openSyncEngine(settings: ContenderSettings): Promise<Contender> {
  const { databaseUrl, webhookSecret } = settings;
  const { runMigrations, StripeSync } = requirePeer("@supabase/stripe-sync-engine") as SyncEngine;
  await runMigrations({ databaseUrl, schema: "stripe" });
  const pool = openPool(databaseUrl);
  const version = peerStripeVersion();
  const sync = new StripeSync({
    poolConfig: { connectionString: databaseUrl, max: pool.options.max, idleTimeoutMillis: 0 },
    stripeSecretKey: "sk_test_bench",
    stripeWebhookSecret: webhookSecret,
    stripeApiVersion: version,
  });
  return {
    path: "/webhook",
    version,
    async handle(request) {
      await sync.processWebhook(await request.text(), request.headers.get("stripe-signature"));
      return Response.json({ received: true });
    },
    async readQuantities(ids) {
      const text = `SELECT subscription AS id, quantity FROM stripe.subscription_items
        WHERE subscription = ANY($1) AND NOT deleted`;
      return (await pool.query<Quantity>(text, [ids])).rows;
    },
  };
}
