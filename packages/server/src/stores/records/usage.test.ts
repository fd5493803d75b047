import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type FreshDatabase, freshDatabase } from "../../../test/fresh-database.js";
import { createPostgresDriver } from "../postgres/postgres-driver.js";
import { migrate } from "../schema/migrate.js";
import { countUsage } from "./usage.js";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await migrate(createPostgresDriver(database.pool));
});
afterAll(() => database.drop());

const countWaiting = async () => {
  const { rows } = await database.pool.query("SELECT FROM pg_locks WHERE NOT granted");
  return rows.length;
};

test.each([
  ["with room for both", 100],
  ["when it takes the last one left", 1],
])("a duplicate that waits for the one being counted is told so, %s", async (_name, limit) => {
  const sql = createPostgresDriver(database.pool);
  const entry = {
    customerId: `org_${limit}`,
    feature: "messages",
    period: { startsAt: "2026-03-01T00:00:00.000Z", endsAt: "2026-04-01T00:00:00.000Z" },
    quantity: 1,
    limit,
    idempotencyKey: "key",
    recordedAt: "2026-03-10T12:00:00.000Z",
  };
  let twin: ReturnType<typeof countUsage> | undefined;
  await sql.transaction(async (tx) => {
    expect(await countUsage(tx, entry)).toEqual({ outcome: "counted", used: 1 });
    twin = countUsage(sql, entry);
    await vi.waitFor(async () => expect(await countWaiting()).toBeGreaterThan(0), { timeout: 20_000 });
  });
  expect(await twin).toEqual({ outcome: "duplicate", used: 1 });
});
