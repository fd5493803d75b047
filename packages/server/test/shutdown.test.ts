import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import createFastify from "fastify";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { toFastifyPlugin } from "../src/adapters/fastify.js";
import { postgres } from "../src/stores/postgres/postgres.js";
import { findFreePort } from "./find-free-port.js";
import { type FreshDatabase, freshDatabase } from "./fresh-database.js";
import { toEnvironment } from "./proofs/app-process.js";
import { type Bundle, bundleApp } from "./proofs/bundle-app.js";
import { createQuickPglite } from "./quick-pglite.js";
import { signEvent } from "./requests.js";
import { subscribe } from "./subscriber.js";
import { newUser, openWorld, type World } from "./world.js";

let database: FreshDatabase;
let world: World;
let app: Bundle;
let folder: string;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  database = await freshDatabase();
  await database.pool.query("CREATE TABLE told (callback_id text, customer_id text)");
  [app, folder, world] = await Promise.all([
    bundleApp(new URL("./shutdown/app.ts", import.meta.url)),
    mkdtemp(join(tmpdir(), "tollgate-shutdown-")),
    openWorld({ store: postgres(database.pool), jobs: "manual" }),
  ]);
  // As another process left them: making the tables is not what these tests are about.
  for (const name of ["left", "data"]) await (await createQuickPglite(join(folder, name))).close();
});
afterAll(async () => {
  for (const child of running) child.kill("SIGKILL");
  await world.close();
  await app.remove();
  await rm(folder, { recursive: true, force: true });
  await database.drop();
});

/** Starts it, and waits for its first output. */
async function start(word: string, env: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const child = spawn(process.execPath, [app.path], {
    env: { ...process.env, ...toEnvironment(world.sandbox, database), ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  await new Promise<void>((resolve, reject) => {
    child.stdout?.setEncoding("utf8").on("data", (text: string) => text.includes(word) && resolve());
    child.once("exit", (code) => reject(new Error(`It ended with ${code} before it said "${word}".`)));
  });
  return child;
}

/** How it ends, and after how many seconds. */
async function ending(
  child: ChildProcess,
): Promise<{ readonly code: number | null; readonly seconds: number }> {
  const startedAt = performance.now();
  if (child.exitCode === null) await once(child, "exit");
  return { code: child.exitCode, seconds: (performance.now() - startedAt) / 1000 };
}

// Idle connections of a pool that nobody ends live for ten seconds, timers of PGlite too, and each poll extends that.
it.each(["string", "pool", "pglite"])(
  "a script whose work is done ends by itself, though nobody closes its store (%s)",
  { timeout: 120_000 },
  async (STORE) => {
    const env = { ROLE: "script", STORE, FOLDER: join(folder, "left") };
    const { code, seconds } = await ending(await start("done", env));
    expect(code).toBe(0);
    expect(seconds).toBeLessThan(8);
  },
);

it("a script that closes billing ends at once, with PGlite too", { timeout: 120_000 }, async () => {
  const env = { ROLE: "closing script", STORE: "pglite", FOLDER: join(folder, "data") };
  const { code, seconds } = await ending(await start("done", env));
  expect(code).toBe(0);
  expect(seconds).toBeLessThan(8);
});

it("a server that is told to stop ends by itself within seconds, and no callback is lost", async () => {
  const users = [newUser(), newUser(), newUser()];
  const port = await findFreePort();
  const env = { ROLE: "server", STORE: "string", PORT: String(port) };
  const child = await start("listening", { ...env, SLOW_MS: "4000" });
  for (const user of users) {
    const { created, activated } = await subscribe(world, user);
    for (const event of [created, activated]) {
      const signed = signEvent(world.sandbox, world.dashboard, event);
      const url = `http://127.0.0.1:${port}/api/billing/webhook/stripe`;
      expect((await fetch(url, { method: "POST", ...signed })).status).toBe(200);
    }
  }
  child.kill("SIGTERM");
  const { code, seconds } = await ending(child);
  expect(code).toBe(0);
  // What was running was waited for as long as it may take, and then given back.
  expect(seconds).toBeLessThan(10);

  const next = await start("listening", { ...env, SLOW_MS: "0" });
  // A process works in the background once it has been used.
  await fetch(`http://127.0.0.1:${port}/api/billing/access`, { headers: { "x-user": "ada" } });
  const told = async () => {
    const { rows } = await database.pool.query("SELECT DISTINCT customer_id FROM told");
    return rows.map(({ customer_id }) => customer_id).sort();
  };
  await vi.waitFor(async () => expect(await told()).toEqual([...users].sort()), {
    timeout: 30_000,
    interval: 100,
  });
  next.kill("SIGTERM");
  expect((await ending(next)).code).toBe(0);
});

it("Fastify's own end closes billing, and with it the pool that billing made", async () => {
  const billing = world.instance({ store: postgres(`${database.url}?application_name=fastify`) });
  const fastify = createFastify().register(toFastifyPlugin(billing));
  fastify.addHook("onClose", () => billing.close());
  await fastify.inject({ url: "/api/billing/access", headers: { "x-user": "ada" } });
  const connections = async () => {
    const text = "SELECT 1 FROM pg_stat_activity WHERE application_name = 'fastify'";
    return (await database.pool.query(text)).rows.length;
  };
  expect(await connections()).toBeGreaterThan(0);
  await fastify.close();
  await vi.waitFor(async () => expect(await connections()).toBe(0));
  // A signal may come twice.
  await billing.close();
});
