import { BillingError } from "@tollgate/core";
import type { SqlRunner, StoreDriver } from "../driver/sql-driver.js";

interface Session {
  readonly json: unknown;
  readonly flag: unknown;
  readonly number: unknown;
  readonly standby: boolean;
  readonly readOnly: string;
  readonly isolation: string;
}

const session = `SELECT '{"a": [1]}'::jsonb AS json, true AS flag, 7 AS number, pg_is_in_recovery() AS standby,
  current_setting('default_transaction_read_only') AS "readOnly",
  current_setting('default_transaction_isolation') AS isolation`;

/**
 * Checks whether this database and its sessions are what the store relies on, before anything else is done.
 *
 * @throws BillingError `store_unsuitable`, saying what to change
 */
export async function checkSession(sql: StoreDriver): Promise<void> {
  const [row] = await sql.query<Session>(session);
  if (row === undefined || JSON.stringify([row.json, row.flag, row.number]) !== '[{"a":[1]},true,7]') {
    throw unsuitable(
      "The driver of the billing database changes values: JSON, booleans and whole numbers must arrive as such. Give billing a pool of `pg`, without `binary`.",
    );
  }
  if (row.standby) {
    throw unsuitable(
      "The billing database is a standby, which can only be read. Give the pool the address of the primary.",
    );
  }
  if (row.readOnly === "on") {
    throw unsuitable(
      "Sessions of the billing database begin read-only. Give billing a pool that may write, or run: ALTER ROLE CURRENT_USER SET default_transaction_read_only = off;",
    );
  }
  if (row.isolation !== "read committed") sql.isolateStatements?.();
}

/** What the app's role must be allowed to do with each table; with tables that are not named: read and write. */
const rights = `
WITH needed AS (
  SELECT c.oid, format('%I.%I', n.nspname, c.relname) AS name, unnest(CASE n.nspname || '.' || c.relname
    WHEN 'tollgate.migrations' THEN ARRAY['SELECT']
    WHEN 'tollgate.installation' THEN ARRAY['SELECT']
    WHEN 'tollgate_jobs.version' THEN ARRAY['SELECT']
    WHEN 'tollgate_jobs.queue' THEN ARRAY['SELECT']
    WHEN 'tollgate_jobs.schedule' THEN ARRAY[]::text[]
    WHEN 'tollgate_jobs.subscription' THEN ARRAY[]::text[]
    ELSE ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE'] END) AS right
  FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
  WHERE n.nspname IN ('tollgate', 'tollgate_jobs') AND c.relkind IN ('r', 'p') AND NOT c.relispartition
)
SELECT name, string_agg(needed.right, ', ' ORDER BY needed.right) AS rights FROM needed
WHERE NOT has_table_privilege(oid, needed.right) GROUP BY name ORDER BY name`;

/** @throws BillingError `store_unsuitable`, with the statements that grant what is missing */
export async function checkRights(sql: SqlRunner): Promise<void> {
  const missing = await sql.query<{ readonly name: string; readonly rights: string }>(rights);
  if (missing.length === 0) return;
  const [me] = await sql.query<{ readonly role: string }>("SELECT quote_ident(current_user) AS role");
  const role = me?.role ?? "…";
  const grants = missing.map(({ name, rights: all }) => `GRANT ${all} ON ${name} TO ${role};`);
  throw unsuitable(`The role of the billing database lacks rights. Have its owner run: ${grants.join(" ")}`);
}

/** What `work` throws when a right is missing, in words that say which one and how to grant it. */
export async function explainingRights<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "42501")) throw error;
    throw unsuitable(
      `The role of the billing database lacks a right (${error.message}). To create or update the tables it needs CREATE on the database (GRANT CREATE ON DATABASE … TO …), or schemas \`tollgate\` and \`tollgate_jobs\` that it owns. Or let another role do that at deployment (\`store.migrate()\`), and grant this one: GRANT USAGE ON SCHEMA tollgate, tollgate_jobs TO …; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA tollgate, tollgate_jobs TO …;`,
      error,
    );
  }
}

function unsuitable(message: string, cause?: unknown): BillingError {
  const publicMessage = "The billing database is not set up for billing.";
  return new BillingError("store_unsuitable", message, { cause, publicMessage });
}
