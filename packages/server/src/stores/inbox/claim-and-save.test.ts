import { buildEventHead, buildSettlement } from "@tollgate/core/testing";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type FreshDatabase, freshDatabase } from "../../../test/fresh-database.js";
import { createPostgresDriver } from "../postgres/postgres-driver.js";
import { createSqlStore } from "../store/sql-store.js";
import { claimAndSave } from "./claim-and-save.js";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await createSqlStore(createPostgresDriver(database.pool)).migrate();
});
afterAll(() => database.drop());

it.each([
  ["commits", "duplicate"],
  ["rolls back", "settled"],
] as const)("waits for another that settles the same event: it %s", async (end, expected) => {
  const settlement = buildSettlement({ head: buildEventHead({ id: `evt_${end}` }) });
  const driver = createPostgresDriver(database.pool);
  const store = createSqlStore(driver);
  const blocked = "SELECT FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'";
  const order: string[] = [];
  let second: Promise<string> | undefined;
  const first = driver.transaction(async (tx) => {
    await claimAndSave(tx, settlement);
    second = store.settleEvent(settlement).finally(() => order.push("second"));
    await vi.waitFor(async () => expect((await database.pool.query(blocked)).rowCount).toBe(1));
    order.push("first");
    if (end === "rolls back") throw new Error("rolled back");
  });
  await first.catch(() => undefined);
  expect(await second).toBe(expected);
  expect(order).toEqual(["first", "second"]);
});
