import { runOn } from "../postgres/databases.js";

/** The digits of the ids of `idsOf`, in SQL. */
const digits = "lpad(n::text, 10, '0')";

/** Links every customer to the provider's, as a first checkout would. */
export async function linkCustomers(databaseUrl: string, count: number): Promise<void> {
  await runOn(
    databaseUrl,
    `INSERT INTO tollgate.customers (customer_id, provider, provider_customer_id)
     SELECT 'org_' || ${digits}, 'stripe', 'cus_Bench' || ${digits} FROM generate_series(0, ${count - 1}) AS n`,
  );
}

/**
 * Gives every customer what the first one has: a subscription and the event that announced it, with other
 * ids.
 */
export async function fillStore(databaseUrl: string, population: number): Promise<void> {
  await runOn(
    databaseUrl,
    "SET synchronous_commit = off",
    copyFirst("subscriptions", population),
    copyFirst("events", population),
    "VACUUM ANALYZE",
    "CHECKPOINT",
  );
}

/** Whatever columns the table has; those that Postgres works out by itself are left to it. */
function copyFirst(table: string, population: number): string {
  return `
    DO $copy$
    DECLARE names text; copies text;
    BEGIN
      SELECT string_agg(quote_ident(column_name), ', '), string_agg('copy.' || quote_ident(column_name), ', ')
        INTO names, copies
        FROM information_schema.columns
        WHERE table_schema = 'tollgate' AND table_name = '${table}' AND is_generated = 'NEVER';
      EXECUTE format($insert$
        WITH first AS MATERIALIZED (
          SELECT to_jsonb(row)::text AS text FROM tollgate.${table} AS row WHERE row.id LIKE '%%0000000000%%'
        )
        INSERT INTO tollgate.${table} (%s) OVERRIDING USER VALUE
        SELECT %s
        FROM first, generate_series(1, ${population - 1}) AS n,
          LATERAL jsonb_populate_record(
            NULL::tollgate.${table}, replace(first.text, '0000000000', ${digits})::jsonb
          ) AS copy
      $insert$, names, copies);
    END $copy$`;
}
