import type { SqlRunner } from "./sql-driver.js";

/**
 * Creates a schema that is not there. `IF NOT EXISTS` would ask for the right to create schemas even where an
 * administrator has made it for a role that may create no other.
 */
export async function ensureSchema(tx: SqlRunner, name: "tollgate" | "tollgate_jobs"): Promise<void> {
  const [found] = await tx.query("SELECT 1 AS found FROM pg_namespace WHERE nspname = $1", [name]);
  if (found === undefined) await tx.script(`CREATE SCHEMA ${name}`);
}
