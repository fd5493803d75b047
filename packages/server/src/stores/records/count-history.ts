import type { SqlDriver, SqlRunner } from "../driver/sql-driver.js";
import { holdTotals } from "./hold-totals.js";
import { addToTotals, asDays, dayOf, revenueChanges } from "./revenue-changes.js";

/** A few seconds of work at most, so that whoever moves a subscription needn't wait for long. */
const chunkSize = 200_000;
/** How long others may take to end what they write, in milliseconds, until it is put off. */
const patience = 5_000;
const pauseMs = 20;

const look = `
SELECT (SELECT coalesce(max(position), 0) FROM tollgate.history)::text AS latest,
  (SELECT position FROM tollgate.history_totals)::text AS counted`;

const next = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS next";
const areOver = "SELECT pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8 AS over";

const count = `
WITH touched AS (
  SELECT DISTINCT customer_id, currency FROM tollgate.history
  WHERE position > $1::bigint AND position <= $2::bigint AND delta <> 0
), ${revenueChanges("$1::bigint", "$2::bigint")},
${addToTotals(`${asDays("counted_changes", "-")} UNION ALL ${asDays("all_changes", "")}`)}, facts AS (
  INSERT INTO tollgate.fact_days AS kept (day, currency, kind, status, count, amount)
  SELECT ${dayOf("occurred_at")}, currency, kind, coalesce(trial, status), count(*), coalesce(sum(amount), 0)::bigint
  FROM tollgate.history
  WHERE position > $1::bigint AND position <= $2::bigint
    AND (trial IS NOT NULL OR kind <> 'subscription') AND amount IS DISTINCT FROM 0
  GROUP BY 1, 2, 3, 4
  ON CONFLICT (day, currency, kind, status)
    DO UPDATE SET count = kept.count + excluded.count, amount = kept.amount + excluded.amount
)
UPDATE tollgate.history_totals SET position = $2::bigint`;

/** Adds the history's new entries to the totals, chunk by chunk. Returns how many places it went on. */
export async function countHistory(sql: SqlDriver): Promise<number> {
  const [seen] = await sql.query<{ readonly latest: string; readonly counted: string }>(look);
  const [first, last] = [BigInt(seen?.counted ?? 0), BigInt(seen?.latest ?? 0)];
  if (last <= first || !(await allOver(sql))) return 0;
  for (let counted = first; counted < last; ) counted = await countChunk(sql, last);
  return Number(last - first);
}

/**
 * Waits until all who may write an entry before the latest one are over: a place is taken before it can be seen. The
 * pause comes first, because who has taken one may be about to begin.
 */
async function allOver(sql: SqlRunner): Promise<boolean> {
  const until = Date.now() + patience;
  await pause();
  const [first] = await sql.query<{ readonly next: string }>(next);
  while (Date.now() < until) {
    const [row] = await sql.query<{ readonly over: boolean }>(areOver, [first?.next]);
    if (row?.over === true) return true;
    await pause();
  }
  return false;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, pauseMs));
}

function countChunk(sql: SqlDriver, last: bigint): Promise<bigint> {
  return sql.transaction(async (tx) => {
    const from = BigInt(await holdTotals(tx));
    const to = from + BigInt(chunkSize) < last ? from + BigInt(chunkSize) : last;
    if (to > from) await tx.query(count, [String(from), String(to)]);
    return to > from ? to : from;
  });
}
