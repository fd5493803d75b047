import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { type FreshDatabase, freshDatabase } from "../../../test/fresh-database.js";
import type { SqlDriver } from "../driver/sql-driver.js";
import { createPostgresDriver } from "../postgres/postgres-driver.js";
import { migrate } from "../schema/migrate.js";
import { createRateLimits } from "./rate-limits.js";

let database: FreshDatabase;
let sql: SqlDriver;
beforeAll(async () => {
  database = await freshDatabase();
  sql = createPostgresDriver(database.pool);
  await migrate(sql);
});
afterAll(() => database.drop());

test("whoever is over the limit is refused from memory, without asking the database", async () => {
  let statements = 0;
  const counting: SqlDriver = {
    ...sql,
    query: (text, params) => {
      statements += 1;
      return sql.query(text, params);
    },
  };
  const { takeToken } = createRateLimits(counting);
  const limit = { key: "busy", points: 2, perSeconds: 60 };
  for (let n = 0; n < 50; n += 1) expect(await takeToken(limit)).toMatchObject({ allowed: n < 2 });
  expect(statements).toBe(2);
});

test("sets no timer that would keep the process alive", async () => {
  // Only those that are set from here on: the process has others, the test runner's among them.
  const set = vi.spyOn(globalThis, "setTimeout");
  onTestFinished(() => set.mockRestore());
  const { takeToken } = createRateLimits(sql);
  for (let n = 0; n < 5; n += 1) await takeToken({ key: `timer ${n}`, points: 1, perSeconds: 3600 });
  const holding = set.mock.calls.filter(([, delay = 0], n) => {
    const result = set.mock.results[n];
    // The pool's own last for seconds, until its idle connections are closed.
    return delay > 60_000 && result?.type === "return" && result.value.hasRef();
  });
  expect(holding).toEqual([]);
});

test("a database's error rises as it is, and the next attempt counts again", async () => {
  const failure = new Error("The disk is full.");
  let failing = true;
  const { takeToken } = createRateLimits({
    ...sql,
    query: (text, params) => (failing ? Promise.reject(failure) : sql.query(text, params)),
  });
  const limit = { key: "unlucky", points: 1, perSeconds: 60 };
  await expect(takeToken(limit)).rejects.toBe(failure);
  failing = false;
  expect(await takeToken(limit)).toMatchObject({ allowed: true });
});

test("forgets the counts of windows that have passed", async () => {
  const { takeToken, pruneRateLimits } = createRateLimits(sql);
  await takeToken({ key: "running", points: 1, perSeconds: 60 });
  await sql.query("INSERT INTO tollgate.rate_limits VALUES ('passed', 1, $1)", [Date.now() - 1]);
  await pruneRateLimits();
  const rows = await sql.query<{ key: string }>(
    "SELECT key FROM tollgate.rate_limits WHERE key IN ('running', 'passed')",
  );
  expect(rows).toEqual([{ key: "running" }]);
});
