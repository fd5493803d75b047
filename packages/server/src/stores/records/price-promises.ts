import { type PricePromise, packRecord, unpackRecord } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";

export async function listPricePromises(
  sql: SqlRunner,
  customerIds: readonly string[],
): Promise<readonly PricePromise[]> {
  const rows = await sql.query<{ readonly record: object; readonly customerId: string }>(
    `SELECT customer_id AS "customerId", record FROM tollgate.price_promises
     WHERE customer_id = ANY($1::text[]) ORDER BY customer_id COLLATE "C"`,
    [[...customerIds]],
  );
  return rows.map(({ record, customerId }) => ({ ...unpackRecord("pricePromise", record), customerId }));
}

export async function savePricePromise(sql: SqlRunner, promise: PricePromise): Promise<void> {
  await sql.query(
    `INSERT INTO tollgate.price_promises (customer_id, record) VALUES ($1, $2::jsonb)
     ON CONFLICT (customer_id) DO UPDATE SET record = excluded.record`,
    [promise.customerId, JSON.stringify(packRecord("pricePromise", promise))],
  );
}

/** @returns whether there was one */
export async function removePricePromise(sql: SqlRunner, customerId: string): Promise<boolean> {
  const removed = await sql.query(
    "DELETE FROM tollgate.price_promises WHERE customer_id = $1 RETURNING 1 AS removed",
    [customerId],
  );
  return removed.length === 1;
}

/** It goes with the subscription; who had one keeps it. */
export async function movePricePromise(
  sql: SqlRunner,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await sql.query(
    `INSERT INTO tollgate.price_promises (customer_id, record)
     SELECT $2, jsonb_set(record, '{customerId}', to_jsonb($2::text)) FROM tollgate.price_promises
     WHERE customer_id = $1 ON CONFLICT DO NOTHING`,
    [from, to],
  );
}
