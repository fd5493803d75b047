import { ensureSchema } from "../driver/ensure-schema.js";
import type { SqlRunner, StoreDriver } from "../driver/sql-driver.js";
import { checkRights, checkSession, explainingRights } from "./check-database.js";
import { migrations } from "./migrations/index.js";
import type { Migration } from "./migrations/migration.js";

const migrationsTable = `
CREATE TABLE IF NOT EXISTS tollgate.migrations (
  id text PRIMARY KEY,
  applied_at timestamptz NOT NULL DEFAULT now()
);
`;

/**
 * Brings the schema up to date. An up-to-date schema costs a few reads and needs no right to create anything. Otherwise
 * one transaction does it all under an advisory lock, so that several instances starting at once wait for the first and
 * find the work done.
 *
 * @throws BillingError `store_unsuitable`, `store_unavailable`
 */
export async function migrate(sql: StoreDriver): Promise<void> {
  await checkSession(sql);
  await explainingRights(async () => {
    await bringUpToDate(sql);
    await checkRights(sql);
  });
}

async function bringUpToDate(sql: StoreDriver): Promise<void> {
  if ((await pendingMigrations(sql)).length === 0) return;
  await sql.transaction(async (tx) => {
    await tx.query("SELECT pg_advisory_xact_lock(hashtextextended('tollgate.migrate', 0))::text");
    await ensureSchema(tx, "tollgate");
    await tx.script(migrationsTable);
    for (const migration of await pendingMigrations(tx)) {
      await migration.apply(tx);
      await tx.query("INSERT INTO tollgate.migrations (id) VALUES ($1)", [migration.id]);
    }
  });
}

async function pendingMigrations(sql: SqlRunner): Promise<readonly Migration[]> {
  const [table] = await sql.query<{ name: string | null }>(
    "SELECT to_regclass('tollgate.migrations')::text AS name",
  );
  if (table === undefined || table.name === null) return migrations;
  const rows = await sql.query<{ id: string }>("SELECT id FROM tollgate.migrations");
  const applied = new Set(rows.map(({ id }) => id));
  return migrations.filter(({ id }) => !applied.has(id));
}
