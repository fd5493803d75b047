import { randomUUID } from "node:crypto";
import { buildCallback, buildSubscription, describeStoreConformance } from "@tollgate/core/testing";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase } from "../../../test/fresh-database.js";
import { runWorkPass } from "../../work/worker.js";
import { postgres } from "../postgres/postgres.js";

let database: FreshDatabase;
const pools: pg.Pool[] = [];
const roles: string[] = [];

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(async () => {
  for (const pool of pools) await pool.end();
  await database.pool.query("DROP SCHEMA IF EXISTS tollgate, tollgate_jobs CASCADE");
  for (const role of roles) await database.pool.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  await database.drop();
});

/** Connections like those of an app that has configured `pg` and sessions in its own way. */
function poolOf(url: string, config: pg.PoolConfig = {}): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: 4, ...config });
  pools.push(pool);
  return pool;
}

/** A new role that may log in and nothing else. */
async function createRole(): Promise<{ readonly role: string; readonly pool: pg.Pool }> {
  const role = `role_${randomUUID().replaceAll("-", "")}`;
  await database.pool.query(`CREATE ROLE ${role} LOGIN PASSWORD 'tollgate'`);
  roles.push(role);
  const url = new URL(database.url);
  url.username = role;
  url.password = "tollgate";
  return { role, pool: poolOf(url.href) };
}

const unusual = {
  options: [
    "-c datestyle=German",
    "-c timezone=Asia/Kathmandu",
    "-c intervalstyle=sql_standard",
    "-c search_path=nowhere",
    "-c standard_conforming_strings=off",
    "-c bytea_output=escape",
    "-c extra_float_digits=0",
  ].join(" "),
  types: { getTypeParser: () => (text: string) => text },
} as unknown as pg.PoolConfig;

describe("in sessions that write times in German, with a driver that leaves every value as text", () => {
  let own: FreshDatabase;
  beforeAll(async () => {
    own = await freshDatabase();
  });
  afterAll(() => own.drop());

  describeStoreConformance("postgres", {
    createStore: async () => postgres(poolOf(own.url, unusual)),
    openSecond: async () => postgres(poolOf(own.url, unusual)),
  });
});

describe("sessions that begin transactions as serializable", () => {
  it("work as if they did not", async () => {
    const own = await freshDatabase();
    const options = "-c default_transaction_isolation=serializable";
    const store = postgres(new pg.Pool({ connectionString: own.url, max: 8, options }));
    await store.migrate();
    const period = { startsAt: "2026-03-01T00:00:00.000Z", endsAt: null };
    const entry = { customerId: "org_1", feature: "messages", period, quantity: 1, limit: null };
    const count = (idempotencyKey: string) =>
      store.countUsage({ ...entry, idempotencyKey, recordedAt: "2026-03-01T00:00:00.000Z" });
    const outcomes = await Promise.all(Array.from({ length: 30 }, (_, index) => count(`key_${index}`)));
    expect(Math.max(...outcomes.map(({ used }) => used))).toBe(30);
    await own.drop();
  });
});

describe("rights", () => {
  it("to create schemas are not needed where an administrator has created them", async () => {
    const { role, pool } = await createRole();
    await database.pool.query(`CREATE SCHEMA tollgate AUTHORIZATION ${role};
      CREATE SCHEMA tollgate_jobs AUTHORIZATION ${role}`);
    await postgres(pool).migrate();
    expect(
      (await pool.query("SELECT count(*)::integer AS count FROM tollgate.migrations")).rows[0].count,
    ).toBeGreaterThan(5);
  });

  it("to read and write are enough for a role whose tables another role has created", async () => {
    const { role, pool } = await createRole();
    await database.pool.query(`GRANT USAGE ON SCHEMA tollgate, tollgate_jobs TO ${role};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA tollgate, tollgate_jobs TO ${role}`);
    const store = postgres(pool);
    await store.migrate();
    const subscription = buildSubscription();
    const ran: string[] = [];
    const handlers = {
      runCallback: async ({ id }: { readonly id: string }) => void ran.push(id),
      runJob: async () => {},
      onFailure: () => {},
    };
    const callbacks = [buildCallback("callback_1", subscription)];
    await store.saveSubscription({ subscription, expectedRevision: null, callbacks, jobs: [] });
    const schedule = [{ type: "prune", everySeconds: 3600 }] as const;
    await runWorkPass({ store, handlers, schedule, tellTurn: () => {} }, new Date(Date.now() + 20_000));
    expect(ran).toEqual(["callback_1"]);
  });

  it("that are missing are named at the start, with the statement that grants them", async () => {
    const { role, pool } = await createRole();
    await database.pool.query(`GRANT USAGE ON SCHEMA tollgate, tollgate_jobs TO ${role};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA tollgate, tollgate_jobs TO ${role};
      REVOKE INSERT, DELETE ON tollgate.events FROM ${role}`);
    const refusal = postgres(pool).migrate();
    await expect(refusal).rejects.toMatchObject({ name: "BillingError", code: "store_unsuitable" });
    await expect(refusal).rejects.toThrow(`GRANT DELETE, INSERT ON tollgate.events TO ${role};`);
  });

  it("that are missing altogether are too, before and after the tables exist", async () => {
    const { pool } = await createRole();
    await expect(postgres(pool).migrate()).rejects.toThrow(
      /permission denied for schema tollgate.*GRANT USAGE/,
    );
    const own = await freshDatabase();
    const url = new URL(own.url);
    const { role } = await createRole();
    url.username = role;
    const stranger = new pg.Pool({ connectionString: url.href, max: 1 });
    const refusal = postgres(stranger).migrate();
    await expect(refusal).rejects.toMatchObject({ code: "store_unsuitable" });
    await expect(refusal).rejects.toThrow(/permission denied for database.*GRANT CREATE ON DATABASE/);
    await stranger.end();
    await own.drop();
  });
});

it("refuses sessions that can only read, in words", async () => {
  const pool = poolOf(database.url, { options: "-c default_transaction_read_only=on" });
  const refusal = postgres(pool).migrate();
  await expect(refusal).rejects.toMatchObject({ code: "store_unsuitable" });
  await expect(refusal).rejects.toThrow(/begin read-only/);
});
