import type { Store } from "@tollgate/core";
import { describeStoreConformance } from "@tollgate/core/testing";
import type { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { SqlDriver } from "../src/stores/driver/sql-driver.js";
import { describeDriverConformance } from "../src/stores/driver-conformance/describe-driver-conformance.js";
import { postgres } from "../src/stores/postgres/postgres.js";
import { type FreshDatabase, freshDatabase } from "./fresh-database.js";
import { planOf, subscribe } from "./subscriber.js";
import { newUser, openWorld } from "./world.js";

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

    it("sells a plan over the pool that the app writes its own table with, and leaves it open when billing closes", async () => {
      // What the suite of the store left belongs to an app of its own.
      await database.pool.query("DROP SCHEMA IF EXISTS tollgate, tollgate_jobs CASCADE");
      const user = newUser();
      const world = await openWorld({
        store: app.store,
        on: {
          "subscription.activated": async ({ customerId, planId }) => {
            await app.writeNote(1, `${customerId} has ${planId}`);
          },
        },
      });
      const { created, activated } = await subscribe(world, user);
      for (const event of [created, activated]) expect((await world.deliver(event)).status).toBe(200);
      const told = [`${user} has starter`];
      await vi.waitFor(async () => expect(await app.readNotes()).toEqual(told), { timeout: 10_000 });
      expect(await planOf(world, user)).toBe("starter");
      expect(app.pool.totalCount).toBeGreaterThan(0);
      expect(world.logged.filter(({ level }) => level === "error")).toEqual([]);
      await world.close();
      expect(app.pool.ended).toBe(false);
      await app.writeNote(2, "after billing");
      expect(await app.readNotes()).toEqual([...told, "after billing"]);
    });
  });
}
