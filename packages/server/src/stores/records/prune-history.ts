import type { SqlDriver } from "../driver/sql-driver.js";
import { countHistory } from "./count-history.js";
import { holdTotals } from "./hold-totals.js";

/**
 * What is left of a subscription is its beginning: what it brings in is one change, of all that was before. Of whose
 * changes are gone it is kept when they first paid, and until when only the totals tell what changed.
 */
const prune = `
WITH old AS (
  SELECT one.position FROM tollgate.history AS one
  WHERE one.applied_at < $1 AND one.position <= $3::bigint AND (one.kind <> 'subscription' OR EXISTS (
    SELECT FROM tollgate.history AS later WHERE later.customer_id = one.customer_id
      AND later.provider = one.provider AND later.subject_id = one.subject_id
      AND later.applied_at < $1 AND later.position > one.position AND later.position <= $3::bigint
  ))
  ORDER BY one.position LIMIT $2
), gone AS (
  DELETE FROM tollgate.history USING old WHERE history.position = old.position
  RETURNING history.customer_id, history.provider, history.subject_id, history.position AS place, history.kind,
    history.currency, history.occurred_at
), next AS (
  SELECT DISTINCT ON (kept.provider, kept.subject_id) kept.position, kept.customer_id, kept.currency, kept.occurred_at
  FROM gone JOIN tollgate.history AS kept ON kept.customer_id = gone.customer_id AND kept.provider = gone.provider
    AND kept.subject_id = gone.subject_id AND kept.position > gone.place
  WHERE kept.kind = 'subscription' AND kept.position NOT IN (SELECT position FROM old)
  ORDER BY kept.provider, kept.subject_id, kept.position
), begun AS (
  UPDATE tollgate.history SET delta = mrr, cause = '{"kind":"beginning"}', trial = NULL, ending = NULL FROM next
  WHERE history.position = next.position
), touched AS (
  SELECT customer_id, currency, max(occurred_at) AS until FROM (
    SELECT customer_id, currency, occurred_at FROM gone WHERE kind = 'subscription'
    UNION ALL SELECT customer_id, currency, occurred_at FROM next
  ) AS one GROUP BY 1, 2
), kept AS (
  INSERT INTO tollgate.history_pruned AS known (customer_id, currency, began, until)
  SELECT touched.customer_id, touched.currency, min(one.occurred_at), touched.until
  FROM touched JOIN tollgate.history AS one ON one.customer_id = touched.customer_id
    AND one.currency = touched.currency AND one.delta <> 0
  GROUP BY touched.customer_id, touched.currency, touched.until
  ON CONFLICT (customer_id, currency)
    DO UPDATE SET began = least(known.began, excluded.began), until = greatest(known.until, excluded.until)
)
SELECT count(*)::int AS pruned FROM gone`;

/** Nothing that is not in the totals. */
export async function pruneHistory(
  sql: SqlDriver,
  { before, limit }: { readonly before: string; readonly limit: number },
): Promise<number> {
  await countHistory(sql);
  return sql.transaction(async (tx) => {
    const counted = await holdTotals(tx);
    const [row] = await tx.query<{ readonly pruned: number }>(prune, [before, limit, counted]);
    return row?.pruned ?? 0;
  });
}
