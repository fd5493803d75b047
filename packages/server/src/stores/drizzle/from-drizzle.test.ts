import { sql } from "drizzle-orm";
import { drizzle as onMysql } from "drizzle-orm/mysql-proxy";
import { drizzle } from "drizzle-orm/node-postgres";
import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { drizzle as onPgProxy } from "drizzle-orm/pg-proxy";
import { drizzle as onPglite } from "drizzle-orm/pglite";
import { drizzle as onSqlite } from "drizzle-orm/sqlite-proxy";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { describeSharedPool } from "../../../test/describe-shared-pool.js";
import { type DrizzleOnPool, fromDrizzle } from "./from-drizzle.js";

const notes = pgTable("notes", { id: integer().primaryKey(), text: text().notNull() });

describeSharedPool("fromDrizzle", async () => {
  const { db, pool, store } = await import("../../../test/recipes/drizzle.js");
  return {
    pool,
    store,
    createDriver: () => fromDrizzle(db),
    writeNote: (id, words) => db.insert(notes).values({ id, text: words }),
    readNotes: async () => (await db.select().from(notes).orderBy(sql`id`)).map((note) => note.text),
  };
});

describe("fromDrizzle", () => {
  it.each<[name: string, db: unknown]>([
    ["SQLite", onSqlite(async () => ({ rows: [] }))],
    ["MySQL", onMysql(async () => ({ rows: [] }))],
    ["Postgres over HTTP", onPgProxy(async () => ({ rows: [] }))],
    ["PGlite", onPglite.mock()],
    ["nothing", drizzle.mock()],
    ["one connection", drizzle(new pg.Client())],
    ["no Drizzle", null],
  ])("refuses a Drizzle on %s, and says what to give instead", (_name, db) => {
    expect(() => fromDrizzle(db as DrizzleOnPool)).toThrow(
      expect.objectContaining({
        code: "invalid_options",
        message: expect.stringMatching(/drizzle-orm\/node-postgres.*postgres\("postgres:/s),
      }),
    );
  });

  it("passes on how to listen and whether to prepare", () => {
    const db = drizzle(new pg.Pool());
    expect(fromDrizzle(db).listen).toBeTypeOf("function");
    expect(fromDrizzle(db, { listen: false }).listen).toBeUndefined();
  });
});
