import type { Store } from "@tollgate/core";
import { buildSubscription, describeStoreConformance, putSubscription } from "@tollgate/core/testing";
import type { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { SqlDriver } from "../src/stores/driver/sql-driver.js";
import { describeDriverConformance } from "../src/stores/driver-conformance/describe-driver-conformance.js";
import { postgres } from "../src/stores/postgres/postgres.js";
import { type FreshDatabase, freshDatabase } from "./fresh-database.js";

/** An app that shares its pool with billing, as the README shows it. */
export interface SharingApp {
  readonly pool: Pool;
  readonly store: Store;
  /** A driver of its own over the same handle. */
  createDriver(): SqlDriver;
  /** The app's own table, through the app's own library. */
  writeNote(id: number, text: string): Promise<unknown>;
  readNotes(): Promise<readonly string[]>;
}

/** All that a driver for a library owes, on one database: its own promises, those of a store, and the pool's. */
export function describeSharedPool(name: string, loadApp: () => Promise<SharingApp>): void {
  describe(name, () => {
    let database: FreshDatabase;
    let app: SharingApp;
    beforeAll(async () => {
      database = await freshDatabase();
      await database.pool.query("CREATE TABLE notes (id int PRIMARY KEY, text text NOT NULL)");
      vi.stubEnv("DATABASE_URL", database.url);
      app = await loadApp();
    });
    afterAll(async () => {
      vi.unstubAllEnvs();
      await app.pool.end();
      await database.drop();
    });

    describeDriverConformance(name, { createDriver: async () => app.createDriver() });
    describeStoreConformance(name, {
      createStore: async () => postgres(app.createDriver()),
      openSecond: async () => postgres(app.createDriver()),
    });

    it("writes the app's table and billing's over one pool, which stays open when billing closes", async () => {
      const subscription = buildSubscription({ customerId: "org_shared", id: "sub_shared" });
      const before = app.pool.totalCount;
      await app.store.migrate();
      await Promise.all([
        app.store.transaction((tx) => putSubscription(tx, subscription)),
        app.writeNote(1, "of the app"),
      ]);
      expect(await app.store.listSubscriptions("org_shared")).toEqual([subscription]);
      expect(app.pool.totalCount).toBeGreaterThanOrEqual(Math.max(before, 1));
      await app.store.close();
      expect(app.pool.ended).toBe(false);
      await app.writeNote(2, "after billing");
      expect(await app.readNotes()).toEqual(["of the app", "after billing"]);
    });
  });
}
