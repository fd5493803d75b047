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

/** Whatever columns the table has. */
function copyFirst(table: string, population: number): string {
  return `
    WITH first AS MATERIALIZED (
      SELECT to_jsonb(row)::text AS text FROM tollgate.${table} AS row WHERE row.id LIKE '%0000000000%'
    )
    INSERT INTO tollgate.${table} OVERRIDING USER VALUE
    SELECT copy.*
    FROM first, generate_series(1, ${population - 1}) AS n,
      LATERAL jsonb_populate_record(
        NULL::tollgate.${table}, replace(first.text, '0000000000', ${digits})::jsonb
      ) AS copy`;
}
