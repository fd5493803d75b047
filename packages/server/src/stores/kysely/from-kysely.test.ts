import {
  CamelCasePlugin,
  DummyDriver,
  Kysely,
  MssqlAdapter,
  MssqlQueryCompiler,
  MysqlAdapter,
  MysqlQueryCompiler,
  PostgresDialect,
  PostgresIntrospector,
  SqliteAdapter,
  SqliteQueryCompiler,
} from "kysely";
import pg from "pg";
import { describe, expect, inject, it } from "vitest";
import { describeSharedPool } from "../../../test/describe-shared-pool.js";
import { fromKysely } from "./from-kysely.js";

describeSharedPool("fromKysely", async () => {
  const { db, pool, store } = await import("../../../test/recipes/kysely.js");
  return {
    pool,
    store,
    createDriver: () => fromKysely(db, { pool }),
    writeNote: (id, text) => db.insertInto("notes").values({ id, text }).execute(),
    readNotes: async () =>
      (await db.selectFrom("notes").select("text").orderBy("id").execute()).map((note) => note.text),
  };
});

describe("fromKysely", () => {
  it.each([
    ["SQLite", SqliteAdapter, SqliteQueryCompiler],
    ["MySQL", MysqlAdapter, MysqlQueryCompiler],
    ["SQL Server", MssqlAdapter, MssqlQueryCompiler],
  ])("refuses a Kysely on %s, and says what to give instead", (_name, Adapter, Compiler) => {
    const db = new Kysely<unknown>({
      dialect: {
        createAdapter: () => new Adapter(),
        createDriver: () => new DummyDriver(),
        createIntrospector: (own) => new PostgresIntrospector(own),
        createQueryCompiler: () => new Compiler(),
      },
    });
    expect(() => fromKysely(db)).toThrow(refused);
  });

  it("refuses what is not a Kysely, and a transaction", async () => {
    expect(() => fromKysely({} as Kysely<unknown>)).toThrow(refused);
    const { db } = open();
    await db.transaction().execute(async (tx) => expect(() => fromKysely(tx)).toThrow(refused));
    await db.destroy();
  });

  it("keeps the app's plugins from billing's columns and JSON", async () => {
    const { db } = open();
    const plugged = fromKysely(db.withPlugin(new CamelCasePlugin()));
    const statement = `SELECT 1 AS as_it_is, '{"as_it_is": 1}'::jsonb AS json`;
    expect(await plugged.query(statement)).toEqual([{ as_it_is: 1, json: { as_it_is: 1 } }]);
    await db.destroy();
  });

  it("hears nothing unless it has the pool and may listen", async () => {
    const { db, pool } = open();
    expect(fromKysely(db).listen).toBeUndefined();
    expect(fromKysely(db, { pool }).listen).toBeTypeOf("function");
    expect(fromKysely(db, { pool, listen: false }).listen).toBeUndefined();
    await db.destroy();
  });

  it("says store_unavailable when nobody answers", async () => {
    const pool = new pg.Pool({ host: "127.0.0.1", port: 1 });
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
    const unavailable = { name: "BillingError", code: "store_unavailable", cause: expect.anything() };
    await expect(fromKysely(db).query("SELECT 1")).rejects.toMatchObject(unavailable);
    await expect(fromKysely(db).transaction(async () => 1)).rejects.toMatchObject(unavailable);
    await db.destroy();
  });
});

const refused = expect.objectContaining({
  code: "invalid_options",
  message: expect.stringMatching(/new PostgresDialect\(\{ pool \}\).*postgres\("postgres:/s),
});

function open() {
  const pool = new pg.Pool({ connectionString: inject("postgresUrl"), max: 2 });
  return { pool, db: new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) }) };
}
