import type { Store } from "@tollgate/core";
import { afterAll, beforeAll, describe } from "vitest";
import { callbackTiming } from "../src/stores/callbacks/callback-timing.js";
import { createPostgresDriver } from "../src/stores/postgres-driver.js";
import { createSqlStore } from "../src/stores/sql-store.js";
import { type FreshDatabase, freshDatabase } from "./fresh-database.js";
import { quickPglite } from "./quick-pglite.js";

/** As in production, but tests don't wait minutes for a second attempt. */
const impatient = { ...callbackTiming, pollMs: 100, retryDelaySeconds: 1, retryBackoff: false };

/** Runs the same tests on both stores; each block has a database of its own. */
export function describeEachStore(name: string, tests: (createStore: () => Store) => void): void {
  describe(`${name}, on PGlite`, () => tests(() => quickPglite(impatient)));
  describeOnPostgres(`${name}, on Postgres`, tests);
}

/** For races, which a PGlite with its one session can't have. */
export function describeOnPostgres(name: string, tests: (createStore: () => Store) => void): void {
  describe(name, () => {
    let database: FreshDatabase;
    beforeAll(async () => {
      database = await freshDatabase();
    });
    afterAll(() => database.drop());
    tests(() => createSqlStore(createPostgresDriver(database.pool), impatient));
  });
}
