import { buildCatalog } from "@tollgate/core/testing";
import { type Sandbox, startSandbox } from "@tollgate/sandbox";
import Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createBilling } from "../../src/index.js";
import { stripe as stripeProvider } from "../../src/providers/stripe/index.js";
import { createPostgresDriver } from "../../src/stores/postgres/postgres-driver.js";
import { createSqlStore } from "../../src/stores/store/sql-store.js";
import { type FreshDatabase, freshDatabase } from "../fresh-database.js";
import { appUrl, readIdentity } from "../requests.js";
import { type StoringProxy, startStoringProxy } from "../storing-proxy.js";
import { customersOf, doubledPurchases, lostEvents, untilQuiet, untoldPurchases } from "./after-the-kills.js";
import { type AppProcess, startApp, toEnvironment } from "./app-process.js";
import { disputeAll, untoldReturns } from "./money-back-step.js";
import { differences } from "./provider-truth.js";
import { changeMind, createShopper, latestPayment, type Shopper } from "./shopper.js";

/** How often the server is killed. */
const kills = Number(process.env.TOLLGATE_KILLS ?? 2);
const shoppersAtOnce = 4;

let database: FreshDatabase;
let sandbox: Sandbox;
let dashboard: Stripe;
let proxy: StoringProxy;
let apps: readonly AppProcess[];

beforeAll(async () => {
  database = await freshDatabase();
  await database.pool.query("CREATE TABLE told (callback_id text, type text, customer_id text)");
  sandbox = await startSandbox({
    seed: "kill",
    log: () => undefined,
    retryDelays: [200, 400, 800, 1500, 3000, 5000, 5000, 5000],
    chaos: { duplicates: 0.2, reorder: 0.2, drop: 0.1, delay: 0.2, delayMs: 300 },
  });
  const { hostname, port } = new URL(sandbox.url);
  dashboard = new Stripe(sandbox.secretKey, { host: hostname, port, protocol: "http" });
  proxy = await startStoringProxy(sandbox.url);
  // At least one, however few are killed.
  proxy.failNext({ path: "/v1/customers", how: "stored", executed: false });
  proxy.failSome(0.03);
  const env = toEnvironment({ ...sandbox, url: proxy.url }, database);
  const deaf = { ...env, DEAF_TO: "subscription.activated,payment.succeeded" };
  // At once, so that both migrate the empty database.
  const script = new URL("./kill-process.ts", import.meta.url);
  apps = await Promise.all([startApp(script, env), startApp(script, deaf)]);
  // Both get every event, at the same time.
  for (const { url } of apps) sandbox.forwardTo(`${url}/api/billing/webhook/stripe`);
});
afterAll(async () => {
  for (const app of apps ?? []) await app.stop();
  await proxy?.close();
  await sandbox?.close();
  await database?.drop();
});

/** What becomes of a plan that was bought: by turns something that its customer, the app's team or a bank does. */
async function lead(shopper: Shopper, turn: number): Promise<void> {
  const { user } = shopper;
  await changeMind(dashboard, user, true);
  await changeMind(dashboard, user, false);
  await shopper.changePlan(turn % 2 === 0 ? "pro" : "starter");
  const payment = await latestPayment(dashboard, user);
  switch (turn % 6) {
    case 0:
      return payment === null ? undefined : shopper.getBack(payment.invoice);
    case 2:
      if (payment !== null) await disputeAll(dashboard, payment.charge);
      return;
    case 3:
      return shopper.leaveAndReturn("pause");
    case 4:
      return shopper.leaveAndReturn("cancel");
    default:
      return shopper.cancel();
  }
}

test(
  `two servers that are killed ${kills} times while people buy lose nothing and double nothing`,
  async () => {
    const { secretKey, webhookSecret, url } = sandbox;
    const provider = stripeProvider({ secretKey, webhookSecret, apiBase: url });
    const store = createSqlStore(createPostgresDriver(database.pool));
    const options = { plans: buildCatalog(), provider, store, appUrl, identify: readIdentity };
    await createBilling({ ...options, environment: "development", jobs: "manual" }).pushPlans();

    let killed = 0;
    const users: string[] = [];
    const shop = async () => {
      while (killed < kills) {
        const user = `kill_${users.length}`;
        users.push(user);
        const shopper = createShopper({ user, appUrls: apps.map((app) => app.url), sandboxUrl: sandbox.url });
        if (users.length % 5 === 1) {
          await shopper.failToBuyProduct();
          continue;
        }
        await shopper.buyPlan(users.length % 2 === 0 ? "starter" : "pro");
        if (users.length % 3 === 0) await shopper.buyProduct();
        await lead(shopper, users.length);
      }
    };
    const killer = async () => {
      for (; killed < kills; killed += 1) {
        await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 700));
        await apps[Math.floor(Math.random() * apps.length)]?.killAndRestart();
      }
    };
    await Promise.all([killer(), ...Array.from({ length: shoppersAtOnce }, shop)]);
    sandbox.chaos(null);
    proxy.failSome(0);
    await untilQuiet(sandbox, database.pool);

    const customers = await customersOf(dashboard, users);
    // Otherwise nothing was put to the test.
    expect(proxy.stored()).toBeGreaterThan(0);
    expect(customers.filter(({ ids }) => ids.length === 1).length).toBeGreaterThan(kills / 4);
    expect(customers.filter(({ ids }) => ids.length > 1)).toEqual([]);
    expect(
      await differences(
        { stripe: dashboard, provider, store },
        customers.flatMap(({ ids }) => ids),
      ),
    ).toEqual([]);
    for (const { user, ids } of customers) {
      for (const id of ids) expect(await doubledPurchases(dashboard, id), user).toEqual([]);
      for (const id of ids)
        expect(await untoldPurchases(dashboard, database.pool, user, id), user).toEqual([]);
      for (const id of ids) expect(await untoldReturns(dashboard, database.pool, user, id), user).toEqual([]);
    }
    expect(await lostEvents(sandbox, database.pool)).toEqual([]);
  },
  300_000 + kills * 10_000,
);
