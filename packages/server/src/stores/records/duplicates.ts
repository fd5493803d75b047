import { type DuplicateRecord, packRecord, unpackRecord } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";

export async function listDuplicates(
  sql: SqlRunner,
  customerId: string,
  provider: string,
  group: string,
): Promise<readonly DuplicateRecord[]> {
  const rows = await sql.query<{ readonly record: object }>(
    `SELECT record FROM tollgate.duplicates
     WHERE customer_id = $1 AND provider = $2 AND plan_group = $3 ORDER BY subscription_id COLLATE "C"`,
    [customerId, provider, group],
  );
  return rows.map(({ record }) => unpackRecord("duplicate", record));
}

export async function saveDuplicate(sql: SqlRunner, duplicate: DuplicateRecord): Promise<void> {
  const { provider, subscriptionId, customerId, group } = duplicate;
  await sql.query(
    `INSERT INTO tollgate.duplicates (provider, subscription_id, customer_id, plan_group, record)
     VALUES ($1, $2, $3, $4, $5::jsonb)
     ON CONFLICT (provider, subscription_id) DO UPDATE SET
       customer_id = excluded.customer_id, plan_group = excluded.plan_group, record = excluded.record`,
    [provider, subscriptionId, customerId, group, JSON.stringify(packRecord("duplicate", duplicate))],
  );
}

export async function removeDuplicate(
  sql: SqlRunner,
  { provider, subscriptionId }: Pick<DuplicateRecord, "provider" | "subscriptionId">,
): Promise<void> {
  await sql.query(
    `DELETE FROM tollgate.duplicates
     WHERE provider = $1 AND subscription_id = $2 AND record ->> 'state' <> 'done'`,
    [provider, subscriptionId],
  );
}
