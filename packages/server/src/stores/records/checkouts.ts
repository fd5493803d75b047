import { type CheckoutRecord, packRecord, unpackRecord } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";

interface Row {
  readonly record: object;
}

export async function findCheckout(
  sql: SqlRunner,
  id: string,
  customerId: string,
): Promise<CheckoutRecord | null> {
  const [row] = await sql.query<Row>(
    "SELECT record FROM tollgate.checkouts WHERE id = $1 AND customer_id = $2",
    [id, customerId],
  );
  return row === undefined ? null : unpackRecord("checkout", row.record);
}

export async function findLatestCheckout(
  sql: SqlRunner,
  customerId: string,
  slot: string,
): Promise<CheckoutRecord | null> {
  const [row] = await sql.query<Row>(
    `SELECT record FROM tollgate.checkouts WHERE customer_id = $1 AND slot = $2
     ORDER BY position DESC LIMIT 1`,
    [customerId, slot],
  );
  return row === undefined ? null : unpackRecord("checkout", row.record);
}

export async function listOpenCheckouts(
  sql: SqlRunner,
  customerId: string,
): Promise<readonly CheckoutRecord[]> {
  const rows = await sql.query<Row>(
    `SELECT record FROM tollgate.checkouts WHERE customer_id = $1 AND record ->> 'status' = 'open'
     ORDER BY position`,
    [customerId],
  );
  return rows.map(({ record }) => unpackRecord("checkout", record));
}

export async function listTrialCheckouts(
  sql: SqlRunner,
  customerId: string,
): Promise<readonly CheckoutRecord[]> {
  // In the words of the index `checkouts_with_intro`.
  const rows = await sql.query<Row>(
    `SELECT record FROM tollgate.checkouts
     WHERE customer_id = $1 AND ((record ->> 'trialDays')::int > 0 OR record ->> 'intro' = 'true')
       AND record ->> 'status' <> 'expired'
     ORDER BY position`,
    [customerId],
  );
  return rows.map(({ record }) => unpackRecord("checkout", record));
}

export async function saveCheckout(sql: SqlRunner, checkout: CheckoutRecord): Promise<void> {
  const { id, customerId, slot, createdAt } = checkout;
  await sql.query(
    `INSERT INTO tollgate.checkouts (id, customer_id, slot, created_at, record)
     VALUES ($1, $2, $3, $4, $5::jsonb)
     ON CONFLICT (id) DO UPDATE SET
       customer_id = excluded.customer_id, slot = excluded.slot,
       created_at = excluded.created_at, record = excluded.record`,
    [id, customerId, slot, createdAt, JSON.stringify(packRecord("checkout", checkout))],
  );
}
