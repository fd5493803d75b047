import type { Store } from "@tollgate/core";
import { buildSubscription, putSubscription } from "@tollgate/core/testing";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type FreshDatabase, freshDatabase } from "../../../test/fresh-database.js";
import type { PostgresOptions } from "../postgres/postgres.js";
import { postgres } from "../postgres/postgres.js";

let database: FreshDatabase;
let stores: Store[] = [];
let customers = 0;

beforeAll(async () => {
  database = await freshDatabase();
  await postgres(database.pool).migrate();
});
afterAll(() => database.drop());
beforeEach(() => {
  customers += 1;
});
afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()));
  stores = [];
});

/** An instance of the app, and everything that its listener heard. */
async function open(options?: PostgresOptions, pool = database.pool) {
  const store = postgres(pool, options);
  stores.push(store);
  const heard: (readonly string[] | null)[] = [];
  await store.onChange((ids) => heard.push(ids));
  return { store, heard };
}

async function openListening(options?: PostgresOptions) {
  const instance = await open(options);
  await vi.waitFor(() => expect(instance.heard).toEqual([null]));
  return instance;
}

const save = (store: Store, customerId = `org_${customers}`) =>
  putSubscription(store, buildSubscription({ id: `sub_of_${customerId}`, customerId }));

const listening = `FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`;

async function countListening(): Promise<number> {
  const { rows } = await database.pool.query(`SELECT count(*)::int AS count ${listening}`);
  return rows[0].count;
}

describe("what one instance changes", () => {
  it("reaches the others within a second, and its own listeners once", async () => {
    const [here, there] = [await openListening(), await openListening()];
    await save(here.store);
    const changed = [`org_${customers}`];
    expect(here.heard).toEqual([null, changed]);
    await vi.waitFor(() => expect(there.heard).toEqual([null, changed]), { timeout: 1_000 });
    // Our own message has come back by the time that a later one has gone round.
    await save(there.store, "org_later");
    await vi.waitFor(() => expect(here.heard.at(-1)).toEqual(["org_later"]), { timeout: 1_000 });
    expect(here.heard).toEqual([null, changed, ["org_later"]]);
  });

  it("is announced in batches, and nothing that was rolled back", async () => {
    const [here, there] = [await openListening(), await openListening()];
    const ids = Array.from({ length: 100 }, (_, index) => `batch_${customers}_${index}`);
    await Promise.all(ids.map((id) => save(here.store, id)));
    await vi.waitFor(() => expect(there.heard.flat().length).toBe(ids.length + 1), { timeout: 1_000 });
    expect(new Set(there.heard.flat())).toEqual(new Set([null, ...ids]));
    expect(there.heard.length).toBeLessThan(50);
  });

  it("is announced before `announceChanges` resolves, for a person who is waiting", async () => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query("LISTEN tollgate_changes");
    const told: (string | undefined)[] = [];
    client.on("notification", ({ payload }) => told.push(payload));
    const { store } = await open({ listen: true });
    await save(store);
    await store.announceChanges();
    await client.query("SELECT 1");
    expect(told.join()).toContain(`org_${customers}`);
    await client.end();
  });

  it("stays here where the database must not be listened to", async () => {
    // The connections of the previous ones end a moment after their stores.
    await vi.waitFor(async () => expect(await countListening()).toBe(0));
    const [here, there] = [await open({ listen: false }), await open({ listen: false })];
    await save(here.store);
    await here.store.announceChanges();
    await database.pool.query("SELECT 1");
    expect([here.heard, there.heard]).toEqual([[[`org_${customers}`]], []]);
    expect(await countListening()).toBe(0);
  });

  it("is heard over a connection string other than the pool's", async () => {
    const there = await openListening({ listen: database.url });
    const here = await openListening();
    await save(here.store);
    await vi.waitFor(() => expect(there.heard.at(-1)).toEqual([`org_${customers}`]), { timeout: 1_000 });
  });
});

describe("a lost connection", () => {
  it("makes everything be forgotten, is restored by itself and hears again", async () => {
    const [here, there] = [await openListening(), await openListening()];
    await database.pool.query(`SELECT pg_terminate_backend(pid) ${listening}`);
    // Once when it was lost, once when it is there again.
    for (const { heard } of [here, there]) await vi.waitFor(() => expect(heard).toEqual([null, null, null]));
    await save(here.store);
    await vi.waitFor(() => expect(there.heard.at(-1)).toEqual([`org_${customers}`]), { timeout: 1_000 });
  });

  it("or a database that does not exist, disturbs nobody", async () => {
    const pool = new pg.Pool({ host: "127.0.0.1", port: 1 });
    const { store, heard } = await open(undefined, pool);
    await expect(save(store)).rejects.toMatchObject({ code: "store_unavailable" });
    await store.announceChanges();
    expect(heard).toEqual([]);
    await store.close();
    await pool.end();
  });
});

describe("close", () => {
  it("announces what is left and ends the connection", async () => {
    const [here, there] = [await openListening(), await openListening()];
    expect(await countListening()).toBe(2);
    await save(here.store);
    await here.store.close();
    await vi.waitFor(() => expect(there.heard.at(-1)).toEqual([`org_${customers}`]), { timeout: 1_000 });
    await vi.waitFor(async () => expect(await countListening()).toBe(1));
  });

  it("takes no connection away from a pool of one", async () => {
    const pool = new pg.Pool({ connectionString: database.url, max: 1 });
    const { store, heard } = await open(undefined, pool);
    await vi.waitFor(() => expect(heard).toEqual([null]));
    await save(store);
    await store.close();
    await pool.end();
  });
});
