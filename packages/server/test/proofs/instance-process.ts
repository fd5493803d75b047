import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import pg from "pg";
import { createPostgresDriver } from "../../src/stores/postgres/postgres-driver.js";
import { createSqlStore } from "../../src/stores/store/sql-store.js";
import type { CrashPoint } from "./crash.js";
import { mortalDriver } from "./crash.js";
import { createInstance } from "./instance.js";

// One instance of the app in a process of its own, for the histories. The sandbox's time and the moment to
// die come with each request.

let now = new Date(0);
const instance = createInstance({
  accounts: [
    {
      provider: { id: "stripe" },
      sandbox: {
        secretKey: process.env.STRIPE_SECRET_KEY ?? "",
        webhookSecret: process.env.STRIPE_WEBHOOK_SECRET ?? "",
        url: process.env.STRIPE_API_BASE ?? "",
      },
    },
  ],
  store: createSqlStore(
    mortalDriver(createPostgresDriver(new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 8 }))),
  ),
  clock: () => now,
});

async function answer(request: Request): Promise<Response> {
  const told = new Date(request.headers.get("x-now") ?? 0);
  if (told > now) now = told;
  const { pathname, searchParams } = new URL(request.url);
  if (pathname === "/finish-jobs") {
    await instance.finishJobs();
    return new Response("done");
  }
  if (pathname === "/reconcile") {
    await instance.reconcile(searchParams.get("customer") ?? "");
    return new Response("done");
  }
  const crash: CrashPoint | null = JSON.parse(request.headers.get("x-crash") ?? "null");
  if (pathname === "/act") {
    const { customerId, deed } = JSON.parse(await request.text());
    await instance.act(customerId, deed, crash);
    return new Response("done");
  }
  return new Response(null, { status: await instance.deliver(request, crash) });
}

const server = createServer(getRequestListener(answer));
// A connection that is closed at the moment of its next request would look like a crash that nobody planned.
server.keepAliveTimeout = 0;
server.listen(Number(process.env.PORT), "127.0.0.1", () => process.stdout.write("listening\n"));
