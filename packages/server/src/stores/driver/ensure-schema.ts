import type { SqlRunner } from "./sql-driver.js";

/**
 * Creates a schema that does not exist. `IF NOT EXISTS` would require the right to create schemas even where an
 * administrator has created it for a role that may not create any.
 */
export async function ensureSchema(tx: SqlRunner, name: "tollgate" | "tollgate_jobs"): Promise<void> {
  const [found] = await tx.query("SELECT 1 AS found FROM pg_namespace WHERE nspname = $1", [name]);
  if (found === undefined) await tx.script(`CREATE SCHEMA ${name}`);
}
