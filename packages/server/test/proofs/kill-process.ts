import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { BillingError, type CallbackHandlers, type CallbackType } from "@tollgate/core";
import { buildCatalog } from "@tollgate/core/testing";
import pg from "pg";
import { createBilling } from "../../src/index.js";
import { stripe } from "../../src/providers/stripe/index.js";
import { createPostgresDriver } from "../../src/stores/postgres/postgres-driver.js";
import { createSqlStore } from "../../src/stores/store/sql-store.js";
import { appUrl, readIdentity } from "../requests.js";

// An app in a process of its own, which can be killed. It writes down what its callbacks are told in the same database,
// as an app that opens what was bought would.

const told: readonly CallbackType[] = [
  "subscription.activated",
  "subscription.changed",
  "subscription.cancel_scheduled",
  "subscription.cancel_undone",
  "subscription.ended",
  "payment.succeeded",
  "subscription.paused",
  "subscription.resumed",
  "refund.succeeded",
  "dispute.opened",
  "dispute.closed",
  "product.purchased",
  "checkout.failed",
];

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
const note = (type: CallbackType) => async (data: { customerId: string }, callback: { id: string }) => {
  await pool.query("INSERT INTO told (callback_id, type, customer_id) VALUES ($1, $2, $3)", [
    callback.id,
    type,
    data.customerId,
  ]);
};
// As in the middle of a rolling deploy: one instance may not know yet what the other listens to.
const heard = told.filter((type) => !(process.env.DEAF_TO ?? "").split(",").includes(type));
const on: CallbackHandlers = Object.fromEntries(heard.map((type) => [type, note(type)]));

function say(_fields: object, message: string): void {
  process.stderr.write(`${message}\n`);
}

const billing = createBilling({
  plans: buildCatalog(),
  provider: stripe({
    secretKey: process.env.STRIPE_SECRET_KEY ?? "",
    webhookSecret: process.env.STRIPE_WEBHOOK_SECRET ?? "",
    apiBase: process.env.STRIPE_API_BASE ?? "",
  }),
  // What a killed process held is free again after a second instead of minutes.
  store: createSqlStore(createPostgresDriver(pool), {
    pollMs: 100,
    retryDelaySeconds: 1,
    retryBackoff: false,
    attemptSeconds: 2,
    maintenanceMs: 1000,
  }),
  appUrl,
  identify: readIdentity,
  on,
  environment: "development",
  rateLimits: false,
  // Being killed and answered with errors is what this is about: a line for each is enough.
  logger: { error: say, warn: say, info: () => undefined },
});

/** What the app's team does for whoever wants their money back, in a page of the app's own. */
async function refund(request: Request): Promise<Response> {
  const { invoiceId } = await request.json();
  const customerId = request.headers.get("x-user") ?? "";
  const wish = { customerId, invoiceId, idempotencyKey: `refund ${invoiceId}` };
  try {
    return Response.json(await billing.refunds.create(wish));
  } catch (error) {
    if (!(error instanceof BillingError)) throw error;
    return Response.json({ error: error.code }, { status: error.status });
  }
}

const answer = (request: Request) =>
  new URL(request.url).pathname === "/api/billing/refund" ? refund(request) : billing.handler(request);
const server = createServer(getRequestListener(answer));
server.listen(Number(process.env.PORT), "127.0.0.1", () => process.stdout.write("listening\n"));
