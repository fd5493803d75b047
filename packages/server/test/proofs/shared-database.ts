import type { Store } from "@tollgate/core";
import pg from "pg";
import type { SqlDriver } from "../../src/stores/driver/sql-driver.js";
import { memory } from "../../src/stores/memory/memory.js";
import { createPgliteDriver } from "../../src/stores/pglite/pglite-driver.js";
import { createPostgresDriver } from "../../src/stores/postgres/postgres-driver.js";
import { createSqlStore } from "../../src/stores/store/sql-store.js";
import { freshDatabase } from "../fresh-database.js";
import { createQuickPglite } from "../quick-pglite.js";
import { toEnvironment } from "./app-process.js";
import { mortalDriver, mortalStore } from "./crash.js";
import { createInstance, type Instance } from "./instance.js";
import type { PlayedAccount } from "./played-account.js";
import { startRemoteInstance } from "./remote-instance.js";

/** Something that a store holds, in words. */
interface Held {
  readonly what: string;
  /** Of an event that waits: its subscription, if it has one. */
  readonly waitsFor?: string | null;
}

/** One database that several instances of an app share. */
export interface SharedDatabase {
  openStore(): Store;
  /** All subscriptions, callbacks, and events that were applied or wait. */
  holdings(): Promise<readonly Held[]>;
  /** Starts an instance that opens it for itself; one in a process of its own knows the first account. */
  startInstance(accounts: readonly PlayedAccount[]): Promise<Instance>;
  drop(): Promise<void>;
}

/**
 * A real Postgres; each driver has a pool of its own, as each process would.
 *
 * @param place where instances run
 */
export async function openPostgresDatabase(
  place: "this process" | "processes of their own",
): Promise<SharedDatabase> {
  const database = await freshDatabase();
  const pools: pg.Pool[] = [];
  const open = () => {
    const pool = new pg.Pool({ connectionString: database.url, max: 8 });
    pools.push(pool);
    return createPostgresDriver(pool);
  };
  const watcher = createPostgresDriver(database.pool);
  return {
    openStore: () => createSqlStore(open()),
    holdings: () => holdingsIn(watcher),
    async startInstance(accounts) {
      const { sandbox } = firstOf(accounts);
      return place === "this process"
        ? createInstance({ accounts, store: createSqlStore(mortalDriver(open())), clock: sandbox.now })
        : startRemoteInstance(toEnvironment(sandbox, database), sandbox.now);
    },
    async drop() {
      await Promise.all(pools.map((pool) => pool.end()));
      await database.drop();
    },
  };
}

/** A PGlite, which has one session for all. */
export async function openPgliteDatabase(): Promise<SharedDatabase> {
  const db = await createQuickPglite();
  const open = () => createPgliteDriver(async () => ({ db, close: async () => undefined }));
  const watcher = open();
  return {
    openStore: () => createSqlStore(open()),
    holdings: () => holdingsIn(watcher),
    startInstance: async (accounts) =>
      createInstance({
        accounts,
        store: createSqlStore(mortalDriver(open())),
        clock: firstOf(accounts).sandbox.now,
      }),
    drop: () => db.close(),
  };
}

/** A memory that all share, as the instances of a test do. */
export async function openMemory(): Promise<SharedDatabase> {
  const store = memory();
  return {
    openStore: () => store,
    holdings: () => holdingsOf(store),
    startInstance: async (accounts) =>
      createInstance({ accounts, store: mortalStore(store), clock: firstOf(accounts).sandbox.now }),
    drop: () => store.close(),
  };
}

/** Behind the store's back: it must not be the one to say so. */
async function holdingsIn(driver: SqlDriver): Promise<readonly Held[]> {
  const waiting = await driver.query<{ what: string; waitsFor: string | null }>(
    `SELECT 'event ' || id || ' ' || type || ' that waits' AS what, subscription_id AS "waitsFor"
     FROM tollgate.events WHERE state IN ('unmatched', 'failed')`,
    [],
  );
  const found = await driver.query<{ what: string }>(
    `SELECT 'subscription ' || id AS what FROM tollgate.subscriptions
     UNION ALL SELECT 'event ' || id || ' ' || type FROM tollgate.events WHERE state = 'applied'
     UNION ALL SELECT 'callback ' || id FROM tollgate.callbacks`,
    [],
  );
  return [...waiting, ...found];
}

/** There is nothing behind a memory's back; of its subscriptions, those that give somebody a plan. */
async function holdingsOf(store: Store): Promise<readonly Held[]> {
  const limit = 1_000;
  const [unmatched, failed, applied] = await Promise.all(
    (["unmatched", "failed", "applied"] as const).map((state) => store.listEvents({ state, limit })),
  );
  const waiting = [...(unmatched?.events ?? []), ...(failed?.events ?? [])];
  const { callbacks } = await store.listCallbacks({ limit });
  return [
    ...waiting.map((one) => ({
      what: `event ${one.id} ${one.type} that waits`,
      waitsFor: one.subscriptionId,
    })),
    ...(applied?.events ?? []).map(({ id, type }) => ({ what: `event ${id} ${type}` })),
    ...callbacks.map(({ id }) => ({ what: `callback ${id}` })),
    ...(await store.countSubscribers([])).map(({ planId }) => ({ what: `subscribers of ${planId}` })),
  ];
}

function firstOf([first]: readonly PlayedAccount[]): PlayedAccount {
  if (first === undefined) throw new Error("There is no account.");
  return first;
}
