import type { SqlRunner } from "../driver/sql-driver.js";

/** Until the transaction ends nobody else changes what the totals are made of. Returns up to where they go. */
export async function holdTotals(tx: SqlRunner): Promise<string> {
  const [row] = await tx.query<{ readonly counted: string }>(
    "SELECT position::text AS counted FROM tollgate.history_totals FOR UPDATE",
  );
  return row?.counted ?? "0";
}
