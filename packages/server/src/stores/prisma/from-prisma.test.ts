import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { describe, expect, inject, it, vi } from "vitest";
import { describeSharedPool } from "../../../test/describe-shared-pool.js";
import { PrismaClient } from "../../../test/prisma/generated/client.js";
import { fromPrisma, type PrismaOnPostgres } from "./from-prisma.js";

describeSharedPool("fromPrisma", async () => {
  const { pool, prisma, store } = await import("../../../test/recipes/prisma.js");
  return {
    pool,
    store,
    createDriver: () => fromPrisma(prisma, { pool }),
    writeNote: (id, text) => prisma.note.create({ data: { id, text } }),
    readNotes: async () => (await prisma.note.findMany({ orderBy: { id: "asc" } })).map((note) => note.text),
  };
});

const refused = expect.objectContaining({
  code: "invalid_options",
  message: expect.stringMatching(/new PrismaPg\(pool\).*postgres\("postgres:/s),
});

describe("fromPrisma", () => {
  it("refuses what is not a Prisma on Postgres, and says what to give instead", async () => {
    const { pool, prisma } = open();
    expect(() => fromPrisma({} as PrismaOnPostgres)).toThrow(refused);
    const other = (_activeProvider: string, _clientVersion = "7.10.0") =>
      Object.assign(Object.create(prisma) as PrismaOnPostgres, { _activeProvider, _clientVersion });
    for (const provider of ["sqlite", "mysql", "sqlserver", "cockroachdb", "mongodb"]) {
      expect(() => fromPrisma(other(provider))).toThrow(refused);
    }
    expect(() => fromPrisma(other("postgresql", "6.19.0"))).toThrow(refused);
    expect(() => fromPrisma(other("postgresql"))).not.toThrow();
    await pool.end();
  });

  it("refuses one behind Accelerate, whose transactions have a time limit", () => {
    const accelerateUrl = "prisma://accelerate.prisma-data.net/?api_key=key";
    expect(() => fromPrisma(new PrismaClient({ accelerateUrl }))).toThrow(refused);
  });

  it("accepts a client with extensions, and gives their results no say in billing's", async () => {
    const { pool, prisma } = open();
    const extended = prisma.$extends({ result: { note: { shout: { compute: () => "!" } } } });
    expect(await fromPrisma(extended).query("SELECT 1 AS shout")).toEqual([{ shout: 1 }]);
    expect(await fromPrisma(extended).transaction((tx) => tx.query("SELECT 1 AS one"))).toEqual([{ one: 1 }]);
    await pool.end();
  });

  it("refuses a transaction", async () => {
    const { pool, prisma } = open();
    await prisma.$transaction(async (tx) => {
      expect(() => fromPrisma(tx as unknown as PrismaOnPostgres)).toThrow(refused);
    });
    await pool.end();
  });

  it("has no limit on a transaction's time other than the database's", async () => {
    const { pool } = open();
    const transactionOptions = { timeout: 50, maxWait: 50 };
    const hurried = new PrismaClient({ adapter: new PrismaPg(pool), transactionOptions });
    const slow = fromPrisma(hurried).transaction((tx) => tx.query("SELECT pg_sleep(0.3)::text, 1 AS done"));
    expect(await slow).toMatchObject([{ done: 1 }]);
    await pool.end();
  });

  it("passes times on unchanged in sessions of another time zone", async () => {
    const { pool, prisma } = open({ options: "-c timezone=Asia/Kathmandu" });
    const statement = "SELECT $1::timestamptz = '2026-03-01T06:15:00.123Z' AS same";
    const [row] = await fromPrisma(prisma).query(statement, [new Date("2026-03-01T06:15:00.123Z")]);
    expect(row).toEqual({ same: true });
    await pool.end();
  });

  it("hears nothing unless it has the pool and may listen", async () => {
    const { pool, prisma } = open();
    expect(fromPrisma(prisma).listen).toBeUndefined();
    expect(fromPrisma(prisma, { pool }).listen).toBeTypeOf("function");
    expect(fromPrisma(prisma, { pool, listen: false }).listen).toBeUndefined();
    await pool.end();
  });

  it.each([
    ["nobody answers", { host: "127.0.0.1", port: 1 }],
    ["the host is unknown", { host: "nowhere.invalid" }],
    ["no connection is left in time", { max: 1, connectionTimeoutMillis: 100 }],
    ["the password is wrong", { password: "wrong" }],
    ["the database does not exist", { database: "nowhere" }],
  ])("says store_unavailable when %s", async (_name, config) => {
    const { pool, prisma } = open(config);
    const driver = fromPrisma(prisma);
    const unavailable = { name: "BillingError", code: "store_unavailable", cause: expect.anything() };
    // The machine may be busy: only the driver has to do without a connection.
    const taken = "max" in config ? await vi.waitFor(() => pool.connect(), 10_000) : undefined;
    await expect(driver.query("SELECT 1")).rejects.toMatchObject(unavailable);
    await expect(driver.transaction(async () => 1)).rejects.toMatchObject(unavailable);
    taken?.release();
    await pool.end();
  });
});

function open(config: pg.PoolConfig = {}) {
  const { hostname, port, username, password } = new URL(inject("postgresUrl"));
  const given = { host: hostname, port: Number(port), user: username, password, database: "postgres" };
  const pool = new pg.Pool({ ...given, max: 2, ...config });
  return { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) };
}
