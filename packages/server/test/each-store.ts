import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, describe } from "vitest";
import type { SqlDriver } from "../src/stores/driver/sql-driver.js";
import { createPostgresDriver } from "../src/stores/postgres/postgres-driver.js";
import { createSqlStore } from "../src/stores/store/sql-store.js";
import { type FreshDatabase, freshDatabase } from "./fresh-database.js";
import { quickPglite } from "./quick-pglite.js";

/** As in production, but tests don't wait for a second attempt. */
const impatient = { pollMs: 50, retryDelaySeconds: 0.2, retryBackoff: false };

/** Makes a store; `wrap` stands between it and the database. */
type CreateStore = (wrap?: (driver: SqlDriver) => SqlDriver) => Store;

/**
 * Runs the same tests on a database of their own: on Postgres in `pnpm test`, and on PGlite in `pnpm prove`. What
 * both stores promise is held by the conformance suite, which `pnpm test` runs on each of them.
 */
export function describeEachStore(name: string, tests: (createStore: CreateStore) => void): void {
  if (process.env.TOLLGATE_STORE === "pglite")
    describe(`${name}, on PGlite`, () => tests((wrap) => quickPglite(impatient, wrap)));
  else describeOnPostgres(`${name}, on Postgres`, tests);
}

/** For races, which a PGlite with its one session can't have. */
export function describeOnPostgres(name: string, tests: (createStore: CreateStore) => void): void {
  describe(name, () => {
    let database: FreshDatabase;
    beforeAll(async () => {
      database = await freshDatabase();
    });
    afterAll(() => database.drop());
    tests((wrap = (driver) => driver) =>
      createSqlStore(wrap(createPostgresDriver(database.pool)), impatient),
    );
  });
}
