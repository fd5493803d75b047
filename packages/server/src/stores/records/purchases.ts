import { type Purchase, packRecord } from "@tollgate/core";
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
