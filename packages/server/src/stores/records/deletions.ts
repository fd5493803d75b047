import type { Deletion, DeletionReport, DeletionSettlement, IsoTime, StoredCustomer } from "@tollgate/core";
import { isoTime } from "../driver/iso-time.js";
import type { SqlRunner } from "../driver/sql-driver.js";
import { customerColumns } from "./customers.js";
import { moveUsageReports } from "./usage-reports.js";

interface Row {
  readonly reference: string;
  readonly digest: string;
  readonly customerId: string | null;
  readonly settlement: DeletionSettlement;
  readonly startedAt: IsoTime;
  readonly report: DeletionReport | null;
}

const columns = `reference, digest, customer_id AS "customerId", settlement, ${isoTime("started_at")} AS "startedAt", report`;

export async function findDeletion(sql: SqlRunner, digest: string): Promise<Deletion | null> {
  const [row] = await sql.query<Row>(
    `SELECT ${columns} FROM tollgate.deletions WHERE digest = $1
     ORDER BY customer_id IS NULL, started_at DESC LIMIT 1`,
    [digest],
  );
  return row === undefined ? null : toDeletion(row);
}

export async function isBeingDeleted(sql: SqlRunner, customerId: string): Promise<boolean> {
  const rows = await sql.query("SELECT 1 AS one FROM tollgate.deletions WHERE customer_id = $1", [
    customerId,
  ]);
  return rows.length > 0;
}

export async function listUnfinishedDeletions(
  sql: SqlRunner,
  { startedBefore, limit }: { readonly startedBefore: IsoTime; readonly limit: number },
): Promise<readonly Deletion[]> {
  const rows = await sql.query<Row>(
    `SELECT ${columns} FROM tollgate.deletions WHERE customer_id IS NOT NULL AND started_at < $1
     ORDER BY started_at LIMIT $2`,
    [startedBefore, limit],
  );
  return rows.map(toDeletion);
}

function toDeletion(row: Row): Deletion {
  return { ...row, startedAt: new Date(row.startedAt).toISOString() };
}

export async function listStoredAccounts(
  sql: SqlRunner,
  customerId: string,
): Promise<readonly StoredCustomer[]> {
  return sql.query<StoredCustomer>(
    `SELECT ${customerColumns} FROM tollgate.customers WHERE customer_id = $1
     ORDER BY current DESC, provider, provider_customer_id COLLATE "C"`,
    [customerId],
  );
}

export async function insertDeletion(
  sql: SqlRunner,
  { reference, digest, customerId, settlement, startedAt }: Omit<Deletion, "report">,
): Promise<Deletion> {
  await sql.query(
    `INSERT INTO tollgate.deletions (reference, digest, customer_id, settlement, started_at)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    [reference, digest, customerId, settlement, startedAt],
  );
  const stored = await findDeletion(sql, digest);
  if (stored === null) throw new Error("A deletion was neither inserted nor found.");
  return stored;
}

/** @returns whether it was still running */
export async function closeDeletion(sql: SqlRunner, report: DeletionReport): Promise<boolean> {
  const closed = await sql.query(
    `UPDATE tollgate.deletions SET customer_id = NULL, report = $2::jsonb
     WHERE reference = $1 AND customer_id IS NOT NULL RETURNING 1 AS closed`,
    [report.reference, JSON.stringify(report)],
  );
  return closed.length === 1;
}

/** Everything that need not be kept, and their id in what is. */
const statements = [
  "DELETE FROM tollgate.checkouts WHERE customer_id = $1",
  "DELETE FROM tollgate.duplicates WHERE customer_id = $1",
  "DELETE FROM tollgate.price_migration_entries WHERE customer_id = $1",
  "DELETE FROM tollgate.price_promises WHERE customer_id = $1",
  "DELETE FROM tollgate.seats WHERE customer_id = $1",
  "DELETE FROM tollgate.usage WHERE customer_id = $1",
  "DELETE FROM tollgate.member_usage WHERE customer_id = $1",
  "DELETE FROM tollgate.member_limits WHERE customer_id = $1",
  "DELETE FROM tollgate.usage_caps WHERE customer_id = $1",
  "DELETE FROM tollgate.usage_keys WHERE customer_id = $1",
  "DELETE FROM tollgate.usage_reports WHERE customer_id = $1 AND told_at IS NOT NULL",
  "DELETE FROM tollgate.credits_accounts WHERE customer_id = $1",
  "DELETE FROM tollgate.credits_holds WHERE customer_id = $1",
  "DELETE FROM tollgate.credits_entries WHERE customer_id = $1",
  "DELETE FROM tollgate.callbacks WHERE customer_id = $1",
  "DELETE FROM tollgate.callback_leases WHERE customer_id = $1",
  "DELETE FROM tollgate.reconciliations WHERE scope = 'customer:' || $1::text",
  "DELETE FROM tollgate.rate_limits WHERE substr(key, strpos(key, ':') + 1) = $1",
];

export async function eraseRecords(
  sql: SqlRunner,
  { customerId, reference }: { readonly customerId: string; readonly reference: string },
): Promise<void> {
  for (const statement of statements) await sql.query(statement, [customerId]);
  // What was used stays owed.
  await moveUsageReports(sql, { from: customerId, to: reference });
  await sql.query(
    `UPDATE tollgate.customers SET customer_id = $2, current = false, profile = NULL, contact = '{}'
     WHERE customer_id = $1`,
    [customerId, reference],
  );
}
