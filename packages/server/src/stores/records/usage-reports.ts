import type { TakenUsageReport, UsageReport, UsageReports } from "@tollgate/core";
import { isoTime } from "../driver/iso-time.js";
import type { SqlRunner } from "../driver/sql-driver.js";

/**
 * Whoever counts meanwhile waits for the row and finds it closed, so that theirs begins the next report. It says a second
 * that has passed, within its period: what ends at this moment, such as a subscription, still counts it.
 */
const close = `
UPDATE tollgate.usage_reports SET
  used_at = greatest(period_start, least($1::timestamptz, period_end) - interval '1 second'), due_at = $1::timestamptz
WHERE id IN (
  SELECT id FROM tollgate.usage_reports
  WHERE used_at IS NULL AND ($2::text IS NULL OR customer_id = $2)
  LIMIT $3 FOR UPDATE SKIP LOCKED
)`;

const columns = `
  id, customer_id AS "customerId", provider, provider_customer_id AS "providerCustomerId", feature, quantity, attempts,
  ${isoTime("used_at")} AS "usedAt", ${isoTime("first_tried_at")} AS "firstTriedAt"`;

const take = `
UPDATE tollgate.usage_reports SET
  attempts = attempts + 1, first_tried_at = coalesce(first_tried_at, $1::timestamptz),
  due_at = $1::timestamptz + $4::integer * interval '1 second'
WHERE id IN (
  SELECT id FROM tollgate.usage_reports
  WHERE used_at IS NOT NULL AND told_at IS NULL
    AND (due_at <= $1::timestamptz OR ($5::boolean AND error IS NOT NULL))
    AND ($2::text IS NULL OR customer_id = $2)
  ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED
) RETURNING ${columns}`;

type Row = UsageReport & { readonly attempts: number };

const prune = `
DELETE FROM tollgate.usage_reports WHERE id IN (
  SELECT id FROM tollgate.usage_reports WHERE told_at < $1 ORDER BY told_at LIMIT $2
) RETURNING 1 AS pruned`;

export function createUsageReports(sql: SqlRunner): UsageReports {
  return {
    async takeUsageReports({ now, limit, leaseSeconds, customerId = null, early = false }) {
      await sql.query(close, [now, customerId, limit]);
      const rows = await sql.query<Row>(take, [now, customerId, limit, leaseSeconds, early]);
      return rows.map(toTaken).sort((a, b) => (a.report.usedAt < b.report.usedAt ? -1 : 1));
    },
    async endUsageReport({ report, attempts }, end) {
      const [toldAt, retryAt, error] =
        end.kind === "told" ? [end.at, null, null] : [null, end.retryAt, end.error];
      await sql.query(
        `UPDATE tollgate.usage_reports SET told_at = $3, due_at = coalesce($4, due_at), error = $5
         WHERE id = $1 AND attempts = $2 AND told_at IS NULL`,
        [report.id, attempts, toldAt, retryAt, error],
      );
    },
    async pruneUsageReports({ toldBefore, limit }) {
      return (await sql.query(prune, [toldBefore, limit])).length;
    },
  };
}

function toTaken({ attempts, ...row }: Row): TakenUsageReport {
  const usedAt = new Date(row.usedAt).toISOString();
  const firstTriedAt = new Date(row.firstTriedAt).toISOString();
  return { report: { ...row, quantity: Number(row.quantity), usedAt, firstTriedAt }, attempts };
}

/** Whoever is given a subscription is given what is to be billed for it too. */
export async function moveUsageReports(
  sql: SqlRunner,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await sql.query("UPDATE tollgate.usage_reports SET customer_id = $2 WHERE customer_id = $1", [from, to]);
}
