import { describeStoreConformance } from "@tollgate/core/testing";
import { drizzle } from "drizzle-orm/node-postgres";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type FreshDatabase, freshDatabase } from "../../../test/fresh-database.js";
import { customerLock } from "../driver/locks.js";
import { describeDriverConformance } from "../driver-conformance/describe-driver-conformance.js";
import { migrations } from "../schema/migrations/index.js";
import { type PostgresOptions, postgres } from "./postgres.js";
import { createPostgresDriver } from "./postgres-driver.js";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

describeStoreConformance("postgres", {
  createStore: async () => postgres(database.pool),
  openSecond: async () => postgres(database.url),
});

describeDriverConformance("a pool of pg", { createDriver: async () => createPostgresDriver(database.pool) });

/** Another instance in the middle of a command: holds the command's lock until it is ended. */
async function holdLock(key: string) {
  const client = await database.pool.connect();
  await client.query("BEGIN");
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [key]);
  return {
    async end() {
      await client.query("ROLLBACK");
      client.release();
    },
  };
}

describe("postgres", () => {
  it("takes a driver, and closes it with the store", async () => {
    let closed = 0;
    const driver = createPostgresDriver(database.pool);
    const store = postgres({
      ...driver,
      async close() {
        closed += 1;
      },
    });
    await store.migrate();
    expect(await store.findCustomer("org_1", "stripe")).toBeNull();
    await store.close();
    expect(closed).toBe(1);
  });

  it("refuses options beside a driver, which was created with its own", () => {
    const driver = createPostgresDriver(database.pool);
    const withOptions = postgres as (database: unknown, options?: PostgresOptions) => unknown;
    expect(() => withOptions(driver, { listen: false })).toThrow(
      expect.objectContaining({
        code: "invalid_options",
        message: expect.stringMatching(/`listen`.*fromDrizzle/),
      }),
    );
    expect(() => withOptions(driver, {})).not.toThrow();
  });

  it.each([
    ["a Drizzle", drizzle(new pg.Pool()), "fromDrizzle"],
    ["a Kysely", new Kysely({ dialect: new PostgresDialect({ pool: new pg.Pool() }) }), "fromKysely"],
    ["a Prisma", { $queryRawUnsafe: async () => [], $transaction: async () => undefined }, "fromPrisma"],
  ])("refuses %s as it is, and says which driver it needs", (_name, handle, driver) => {
    expect(() => postgres(handle as never)).toThrow(
      expect.objectContaining({ code: "invalid_options", message: expect.stringContaining(`${driver}(`) }),
    );
  });

  it("migrates an empty database from many instances at once", async () => {
    const empty = await freshDatabase();
    const pools = Array.from({ length: 5 }, () => new pg.Pool({ connectionString: empty.url, max: 2 }));
    await Promise.all(pools.map((pool) => postgres(pool).migrate()));
    const { rows } = await empty.pool.query("SELECT id FROM tollgate.migrations ORDER BY id");
    expect(rows).toEqual(migrations.map(({ id }) => ({ id })).sort((a, b) => (a.id < b.id ? -1 : 1)));
    await Promise.all(pools.map((pool) => pool.end()));
    await empty.drop();
  });

  it("prepares nothing where a pooler can't handle it", async () => {
    const prepared = async (options: PostgresOptions) => {
      const pool = new pg.Pool({ connectionString: database.url, max: 1 });
      await postgres(pool, { ...options, listen: false }).findSubscription("sub_1", "stripe");
      const { rows } = await pool.query("SELECT name FROM pg_prepared_statements");
      await pool.end();
      return rows;
    };
    expect(await prepared({})).toEqual([{ name: "tollgate_find_subscription" }]);
    expect(await prepared({ preparedStatements: false })).toEqual([]);
  });

  it("leaves the app's pool open when it is closed", async () => {
    await postgres(database.pool).close();
    expect((await database.pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  });

  it("says store_unavailable, with the cause, when nobody answers", async () => {
    const pool = new pg.Pool({ host: "127.0.0.1", port: 1, connectionTimeoutMillis: 2_000 });
    const store = postgres(pool);
    const unavailable = { name: "BillingError", code: "store_unavailable", cause: expect.anything() };
    await expect(store.migrate()).rejects.toMatchObject(unavailable);
    await expect(store.listSubscriptions("org_1")).rejects.toMatchObject(unavailable);
    await expect(store.enqueueJobs([{ type: "prune" }])).rejects.toMatchObject(unavailable);
    await pool.end();
  });

  it("says store_unavailable when the server drops the connection in a transaction, and recovers", async () => {
    const store = postgres(database.pool);
    const busy = await holdLock(customerLock("stripe", "cus_1"));
    const cut = store.linkCustomer({ customerId: "org_1", provider: "stripe", providerCustomerId: "cus_1" });
    const refused = expect(cut).rejects.toMatchObject({ code: "store_unavailable" });
    const waiting = `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
    try {
      await vi.waitFor(async () => expect((await database.pool.query(waiting)).rowCount).toBe(1), 10_000);
      await refused;
    } finally {
      await busy.end();
    }
    expect(await store.findCustomer("org_1", "stripe")).toBeNull();
  });

  it("says store_unavailable when a statement takes longer than the pool allows", async () => {
    const pool = new pg.Pool({ connectionString: database.url, statement_timeout: 100 });
    const hurried = postgres(pool);
    const busy = await holdLock(customerLock("stripe", "cus_2"));
    const link = { customerId: "org_2", provider: "stripe", providerCustomerId: "cus_2" };
    try {
      await expect(hurried.linkCustomer(link)).rejects.toMatchObject({ code: "store_unavailable" });
    } finally {
      await busy.end();
      await pool.end();
    }
  });

  it("lets a mistake in the schema rise as it is", async () => {
    const empty = await freshDatabase();
    await expect(postgres(empty.pool).listSubscriptions("org_1")).rejects.toMatchObject({ code: "42P01" });
    await empty.drop();
  });
});
