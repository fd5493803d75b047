import pg from "pg";
import type { SqlDriver } from "../../src/stores/driver/sql-driver.js";
import { createPgliteDriver } from "../../src/stores/pglite/pglite-driver.js";
import { createPostgresDriver } from "../../src/stores/postgres/postgres-driver.js";
import { freshDatabase } from "../fresh-database.js";
import { createQuickPglite } from "../quick-pglite.js";
import { toEnvironment } from "./app-process.js";
import { createInstance, type Instance } from "./instance.js";
import type { PlayedAccount } from "./played-account.js";
import { startRemoteInstance } from "./remote-instance.js";

/** One database that several instances of an app share. */
export interface SharedDatabase {
  open(): SqlDriver;
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
  return {
    open,
    async startInstance(accounts) {
      const { sandbox } = firstOf(accounts);
      return place === "this process"
        ? createInstance({ accounts, driver: open(), clock: sandbox.now })
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
  return {
    open,
    startInstance: async (accounts) =>
      createInstance({ accounts, driver: open(), clock: firstOf(accounts).sandbox.now }),
    drop: () => db.close(),
  };
}

function firstOf([first]: readonly PlayedAccount[]): PlayedAccount {
  if (first === undefined) throw new Error("There is no account.");
  return first;
}
