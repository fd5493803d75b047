import pg from "pg";
import { createPgliteDriver } from "../../src/stores/pglite-driver.js";
import { createPostgresDriver } from "../../src/stores/postgres-driver.js";
import type { SqlDriver } from "../../src/stores/sql-driver.js";
import { freshDatabase } from "../fresh-database.js";
import { createQuickPglite } from "../quick-pglite.js";

/** One database that several instances of an app open, each for itself. */
export interface SharedDatabase {
  open(): SqlDriver;
  drop(): Promise<void>;
}

/** A real Postgres; each driver has a pool of its own, as each process would. */
export async function openPostgresDatabase(): Promise<SharedDatabase> {
  const database = await freshDatabase();
  const pools: pg.Pool[] = [];
  return {
    open() {
      const pool = new pg.Pool({ connectionString: database.url, max: 8 });
      pools.push(pool);
      return createPostgresDriver(pool);
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
  return {
    open: () => createPgliteDriver(async () => ({ db, close: async () => undefined })),
    drop: () => db.close(),
  };
}
