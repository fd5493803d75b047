import type { Subscription } from "@tollgate/core";
import type { SqlRunner } from "./sql-driver.js";

interface Row {
  readonly record: Subscription;
}

export async function listSubscriptions(
  sql: SqlRunner,
  customerId: string,
): Promise<readonly Subscription[]> {
  const rows = await sql.query<Row>(
    "SELECT record FROM tollgate.subscriptions WHERE customer_id = $1 ORDER BY started_at, id",
    [customerId],
  );
  return rows.map(({ record }) => record);
}

export async function findSubscription(
  sql: SqlRunner,
  id: string,
  provider: string,
): Promise<Subscription | null> {
  const [row] = await sql.query<Row>(
    "SELECT record FROM tollgate.subscriptions WHERE provider = $1 AND id = $2",
    [provider, id],
  );
  return row?.record ?? null;
}

/** Postgres's own id of the transaction that wrote the row last. */
export async function findSubscriptionRevision(
  sql: SqlRunner,
  id: string,
  provider: string,
): Promise<string | null> {
  const [row] = await sql.query<{ readonly revision: string }>(
    "SELECT xmin::text AS revision FROM tollgate.subscriptions WHERE provider = $1 AND id = $2",
    [provider, id],
  );
  return row?.revision ?? null;
}

/** The last line of defence against a late writer: a state older than the stored one changes nothing. */
export async function saveSubscription(sql: SqlRunner, subscription: Subscription): Promise<void> {
  const { provider, id, customerId, startedAt, asOf } = subscription;
  await sql.query(
    `INSERT INTO tollgate.subscriptions AS stored (provider, id, customer_id, started_at, as_of, record)
     VALUES ($1, $2, $3, $4, $5, $6::jsonb)
     ON CONFLICT (provider, id) DO UPDATE SET
       customer_id = excluded.customer_id, started_at = excluded.started_at,
       as_of = excluded.as_of, record = excluded.record
     WHERE stored.as_of <= excluded.as_of`,
    [provider, id, customerId, startedAt, asOf, JSON.stringify(subscription)],
  );
}
