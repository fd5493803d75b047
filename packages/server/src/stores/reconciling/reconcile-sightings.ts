import { type Reconciliations, type Subscription, unpackRecord } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";

export async function listSeen(
  sql: SqlRunner,
  runId: string,
  subscriptionIds: readonly string[],
): Promise<readonly string[]> {
  if (subscriptionIds.length === 0) return [];
  const rows = await sql.query<{ readonly id: string }>(
    `SELECT subscription_id AS id FROM tollgate.reconciliation_sightings
     WHERE reconciliation_id = $1::bigint AND subscription_id = ANY($2::text[])`,
    [runId, [...subscriptionIds]],
  );
  return rows.map(({ id }) => id);
}

export async function listUnseen(
  sql: SqlRunner,
  input: Parameters<Reconciliations["listUnseen"]>[0],
): Promise<readonly Subscription[]> {
  const { runId, provider, customerId, after, limit } = input;
  const rows = await sql.query<{ readonly record: object }>(
    `SELECT record FROM tollgate.subscriptions AS stored
     WHERE provider = $1 AND id > $2 AND record->>'status' <> 'ended'
       AND ($3::text IS NULL OR customer_id = $3)
       AND NOT EXISTS (SELECT 1 FROM tollgate.reconciliation_sightings
                       WHERE reconciliation_id = $4::bigint AND subscription_id = stored.id)
     ORDER BY id LIMIT $5`,
    [provider, after ?? "", customerId, runId, limit],
  );
  return rows.map(({ record }) => unpackRecord("subscription", record));
}
