import { anonymizePurchase, type Purchase, packRecord, unpackRecord } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";

export async function savePurchase(sql: SqlRunner, purchase: Purchase): Promise<void> {
  const { provider, checkoutId, customerId, purchasedAt } = purchase;
  await sql.query(
    `INSERT INTO tollgate.purchases (provider, checkout_id, customer_id, purchased_at, record)
     VALUES ($1, $2, $3, $4, $5::jsonb)
     ON CONFLICT (provider, checkout_id) DO NOTHING`,
    [provider, checkoutId, customerId, purchasedAt, JSON.stringify(packRecord("purchase", purchase))],
  );
}

export async function findPurchase(
  sql: SqlRunner,
  checkoutId: string,
  provider: string,
  locking: "" | "FOR UPDATE" = "",
): Promise<Purchase | null> {
  const [row] = await sql.query<{ readonly record: object }>(
    `SELECT record FROM tollgate.purchases WHERE provider = $1 AND checkout_id = $2 ${locking}`,
    [provider, checkoutId],
  );
  return row === undefined ? null : unpackRecord("purchase", row.record);
}

export async function replacePurchase(sql: SqlRunner, purchase: Purchase): Promise<void> {
  const { provider, checkoutId, customerId } = purchase;
  await sql.query(
    `UPDATE tollgate.purchases SET customer_id = $3, record = $4::jsonb
     WHERE provider = $1 AND checkout_id = $2`,
    [provider, checkoutId, customerId, JSON.stringify(packRecord("purchase", purchase))],
  );
}

/** @returns how many there are */
export async function anonymizePurchases(
  sql: SqlRunner,
  { customerId, reference }: { readonly customerId: string; readonly reference: string },
): Promise<number> {
  const rows = await sql.query<{ readonly record: object }>(
    "SELECT record FROM tollgate.purchases WHERE customer_id = $1",
    [customerId],
  );
  for (const { record } of rows)
    await replacePurchase(sql, anonymizePurchase(unpackRecord("purchase", record), reference));
  return rows.length;
}
