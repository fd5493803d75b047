import { recurringRevenue } from "@tollgate/core";
import { buildSubscription } from "@tollgate/core/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FreshDatabase, freshDatabase } from "../../../../test/fresh-database.js";
import { createPostgresDriver } from "../../postgres/postgres-driver.js";
import { createSqlStore } from "../../store/sql-store.js";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

test("begins with every subscription that is stored already, counted from its start", async () => {
  const driver = createPostgresDriver(database.pool);
  const store = createSqlStore(driver);
  await store.migrate();
  // More than are read at once.
  const all = Array.from({ length: 1_001 }, (_, n) =>
    buildSubscription({ id: `sub_${n}`, customerId: `org_${n}` }),
  );
  for (const subscription of all) {
    const change = { expectedRevision: null, history: null, callbacks: [], jobs: [] };
    await store.saveSubscription({ ...change, subscription });
  }
  await driver.script(
    "DROP TABLE tollgate.history; DELETE FROM tollgate.migrations WHERE id = '0022-history'",
  );
  await createSqlStore(driver).migrate();

  const [last] = all.slice(-1);
  if (last === undefined) throw new Error("There is none.");
  const { entries } = await store.listHistory({ customerId: last.customerId, after: null, limit: 10 });
  const mrr = recurringRevenue(last);
  expect(entries).toMatchObject([
    { cause: { kind: "beginning" }, occurredAt: last.startedAt, mrr, delta: mrr, subscription: last },
  ]);
  const [counted] = await driver.query<{ count: string }>("SELECT count(*)::text FROM tollgate.history");
  expect(counted).toEqual({ count: "1001" });
});
