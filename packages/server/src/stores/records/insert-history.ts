import { type HistoryEntry, packRecord } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";

/**
 * Adds entries to the history, as part of a statement: `written`. Facts are kept once.
 *
 * @param from rows without which nothing is added
 * @param entries an expression for what `toHistoryRows` gives, as JSON
 * @param record an expression for the packed subscription that the entries are about
 */
export const insertHistory = (from: string, entries: string, record: string) => `
  written AS (
    INSERT INTO tollgate.history (kind, customer_id, provider, subject_id, subscription_id, occurred_at, applied_at,
      cause, currency, status, changed, mrr, delta, amount, ending, trial, fact_id, product, record)
    SELECT kind, one."customerId", one.provider, "subjectId", one."subscriptionId", one."occurredAt", "appliedAt", cause,
      currency, status, changed, mrr, delta, amount, ending, trial, "factId", product,
      CASE WHEN kind = 'subscription' THEN ${record} END
    FROM ${from}, jsonb_to_recordset(${entries}) AS one(kind text, "customerId" text, provider text, "subjectId" text,
      "subscriptionId" text, "occurredAt" timestamptz, "appliedAt" timestamptz, cause jsonb, currency text, status text,
      changed jsonb, mrr bigint, delta bigint, amount bigint, ending text, trial text, "factId" text, product jsonb)
    ON CONFLICT (provider, fact_id) WHERE fact_id IS NOT NULL DO NOTHING
    RETURNING 1 AS one
  )`;

/** The same rows once the history is written: so that its locks come before the outbox's, wherever both are taken. */
export const afterHistory = (from: string) =>
  `${from} JOIN (SELECT count(*) FROM written) AS history(n) ON n >= 0`;

/** Without the subscription itself, which the statement has already. */
export function toHistoryRows(entries: readonly (HistoryEntry | null | undefined)[]): readonly object[] {
  return entries.flatMap((entry) => {
    if (entry === null || entry === undefined) return [];
    const { subscription: _, ...row } = entry;
    return [row];
  });
}

const insert = `WITH ${insertHistory("(VALUES (1)) AS once", "$1::jsonb", "$2::jsonb")} SELECT 1 AS added`;

/** Adds entries within a transaction that has changed what they are about. */
export async function addHistory(tx: SqlRunner, entries: readonly (HistoryEntry | null)[]): Promise<void> {
  for (const entry of entries) {
    if (entry === null) continue;
    const { subscription } = entry;
    const record = subscription && JSON.stringify(packRecord("subscription", subscription));
    await tx.query(insert, [JSON.stringify(toHistoryRows([entry])), record], "tollgate_add_history");
  }
}
