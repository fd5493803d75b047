import type { Sandbox } from "@tollgate/sandbox";
import pg from "pg";
import type { SqlDriver } from "../../src/stores/driver/sql-driver.js";
import { createPgliteDriver } from "../../src/stores/pglite/pglite-driver.js";
import { createPostgresDriver } from "../../src/stores/postgres/postgres-driver.js";
import { freshDatabase } from "../fresh-database.js";
import { createQuickPglite } from "../quick-pglite.js";
import { toEnvironment } from "./app-process.js";
import { createInstance, type Instance } from "./instance.js";
import { startRemoteInstance } from "./remote-instance.js";

/** One database that several instances of an app share. */
export interface SharedDatabase {
  open(): SqlDriver;
  /** Starts an instance that opens it for itself. */
  startInstance(sandbox: Sandbox): Promise<Instance>;
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
    startInstance: async (sandbox) =>
      place === "this process"
        ? createInstance({ account: sandbox, driver: open(), clock: sandbox.now })
        : startRemoteInstance(toEnvironment(sandbox, database), sandbox.now),
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
    startInstance: async (sandbox) =>
      createInstance({ account: sandbox, driver: open(), clock: sandbox.now }),
    drop: () => db.close(),
  };
}
