import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { buildCatalog } from "@tollgate/core/testing";
import pg from "pg";
import { toNodeHandler } from "../../src/adapters/node.js";
import { createBilling } from "../../src/index.js";
import { stripe } from "../../src/providers/stripe/index.js";
import { pglite } from "../../src/stores/pglite/pglite.js";
import { postgres } from "../../src/stores/postgres/postgres.js";
import { appUrl, readIdentity } from "../requests.js";

// An app in a process of its own: a script that has done its work, or a server that is told to stop.

const { STORE = "", ROLE, SLOW_MS = "0", FOLDER, DATABASE_URL, PORT } = process.env;
const { STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, STRIPE_API_BASE } = process.env;

const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 3 });
const stores = {
  string: () => postgres(DATABASE_URL),
  pool: () => postgres(pool),
  pglite: () => pglite(FOLDER),
};

const billing = createBilling({
  plans: buildCatalog(),
  provider: stripe({
    secretKey: STRIPE_SECRET_KEY,
    webhookSecret: STRIPE_WEBHOOK_SECRET,
    apiBase: STRIPE_API_BASE,
  }),
  store: stores[STORE as keyof typeof stores](),
  ...{ appUrl, identify: readIdentity, environment: "development", reconcileEveryHours: 0 },
  on: {
    "subscription.activated": async ({ customerId }, { id }) => {
      await sleep(Number(SLOW_MS));
      await pool.query("INSERT INTO told (callback_id, customer_id) VALUES ($1, $2)", [id, customerId]);
    },
  },
});

if (ROLE?.endsWith("script")) {
  await billing.access(new Request(appUrl, { headers: { "x-user": "ada" } }));
  await billing.usage.record({ customerId: "ada", feature: "messages", idempotencyKey: "script" });
  process.stdout.write("done\n");
  if (ROLE === "closing script") await billing.close();
} else {
  const server = createServer(toNodeHandler(billing));
  process.once("SIGTERM", () => {
    server.close(async () => {
      await billing.close();
      await pool.end();
    });
  });
  server.listen(Number(PORT), "127.0.0.1", () => process.stdout.write("listening\n"));
}
