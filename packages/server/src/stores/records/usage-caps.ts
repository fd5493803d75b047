import type { UsageCapWrite } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";

export async function writeUsageCap(
  sql: SqlRunner,
  { customerId, feature, setBy, cap }: UsageCapWrite,
): Promise<void> {
  if (cap === "none") {
    await sql.query(
      "DELETE FROM tollgate.usage_caps WHERE customer_id = $1 AND feature = $2 AND set_by = $3",
      [customerId, feature, setBy],
    );
    return;
  }
  await sql.query(
    `INSERT INTO tollgate.usage_caps (customer_id, feature, set_by, cap) VALUES ($1, $2, $3, $4::jsonb)
     ON CONFLICT (customer_id, feature, set_by) DO UPDATE SET cap = excluded.cap`,
    [customerId, feature, setBy, cap && JSON.stringify(cap)],
  );
}

/** What somebody may spend goes with the subscription that it is spent on; a cap of their own stays. */
export async function moveUsageCaps(
  sql: SqlRunner,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await sql.query(
    `WITH taken AS (DELETE FROM tollgate.usage_caps WHERE customer_id = $1 RETURNING *)
     INSERT INTO tollgate.usage_caps (customer_id, feature, set_by, cap)
     SELECT $2::text, feature, set_by, cap FROM taken ON CONFLICT DO NOTHING`,
    [from, to],
  );
}
