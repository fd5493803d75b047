import { buildCatalog } from "@tollgate/core/testing";
import { createBilling } from "@tollgate/server";
import { postgres } from "@tollgate/server/postgres";
import { stripe } from "@tollgate/server/stripe";
import Stripe from "stripe";
import { openPool } from "../postgres/databases.js";
import { linkCustomers } from "../sizes/fill-store.js";
import type { Contender, ContenderSettings, Quantity } from "./contender.js";

/** The whole kit, as an app mounts it. */
export async function openOurs(settings: ContenderSettings): Promise<Contender> {
  const { name, databaseUrl, webhookSecret, apiBase, population } = settings;
  const pool = openPool(databaseUrl);
  const store = postgres(pool);
  let told = 0;
  const tell = () => {
    told += 1;
  };
  const billing = createBilling({
    plans: buildCatalog(),
    provider: stripe({ secretKey: "sk_test_bench", webhookSecret, apiBase }),
    store,
    appUrl: "https://app.example.com",
    // These events have no provider behind them to compare with.
    reconcileEveryHours: 0,
    environment: "development",
    identify: () => null,
    on: name === "callbacks" ? { "subscription.activated": tell, "subscription.changed": tell } : {},
  });
  await store.migrate();
  await linkCustomers(databaseUrl, population);
  return {
    path: "/api/billing/webhook/stripe",
    // An endpoint that was created with an older version: what it sends has to be read again.
    version: name === "rereads" ? "2026-08-26.dahlia" : Stripe.API_VERSION,
    handle: billing.handler,
    ...(name === "callbacks" ? { told: () => told } : {}),
    async readQuantities(ids) {
      const text = `SELECT id, (record->>'quantity')::integer AS quantity
        FROM tollgate.subscriptions WHERE provider = 'stripe' AND id = ANY($1)`;
      return (await pool.query<Quantity>(text, [ids])).rows;
    },
  };
}
