import type { FactSum, HistorySums, InboxSum, MovementSum, SumsWish } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";

/** In the order of an index that has every column, so that nothing is sorted and no row is looked at. */
const movements = `
WITH moved AS (
  SELECT currency, occurred_at, delta, ending, sum(delta) OVER own AS total, row_number() OVER own AS place,
    first_value(occurred_at) OVER own AS began
  FROM tollgate.history
  WHERE delta <> 0 AND occurred_at < ($1::timestamptz[])[cardinality($1::timestamptz[])]
    AND ($2::text IS NULL OR currency = $2)
  WINDOW own AS (PARTITION BY customer_id, currency ORDER BY occurred_at, position ROWS UNBOUNDED PRECEDING)
)
SELECT currency, width_bucket(occurred_at, $1::timestamptz[]) AS span, width_bucket(began, $1::timestamptz[]) AS cohort,
  CASE WHEN total = delta THEN CASE place WHEN 1 THEN 'new' ELSE 'reactivation' END
    WHEN total = 0 THEN 'churn' WHEN delta > 0 THEN 'expansion' ELSE 'contraction' END AS kind,
  CASE WHEN total = 0 THEN coalesce(ending, 'voluntary') END AS ending,
  sum(delta)::float8 AS delta, count(*)::float8 AS count
FROM moved GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`;

const facts = `
SELECT currency, width_bucket(occurred_at, $1::timestamptz[]) AS span, kind, coalesce(trial, status) AS status,
  count(*)::float8 AS count, coalesce(sum(amount), 0)::float8 AS amount
FROM tollgate.history
WHERE (trial IS NOT NULL OR kind <> 'subscription') AND amount IS DISTINCT FROM 0
  AND occurred_at >= ($1::timestamptz[])[1] AND occurred_at < ($1::timestamptz[])[cardinality($1::timestamptz[])]
  AND ($2::text IS NULL OR currency = $2)
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`;

const inbox = `
SELECT width_bucket(received_at, $1::timestamptz[]) AS span, state, count(*)::float8 AS count,
  (count(*) FILTER (WHERE settled_at <= occurred_at + interval '1 minute'))::float8 AS "withinMinute"
FROM tollgate.events
WHERE received_at >= ($1::timestamptz[])[1] AND received_at < ($1::timestamptz[])[cardinality($1::timestamptz[])]
GROUP BY 1, 2 ORDER BY 1, 2`;

export async function readHistorySums(sql: SqlRunner, { bounds, currency }: SumsWish): Promise<HistorySums> {
  const spans = [...bounds];
  return {
    movements: await sql.query<MovementSum>(movements, [spans, currency]),
    facts: await sql.query<FactSum>(facts, [spans, currency]),
    inbox: await sql.query<InboxSum>(inbox, [spans]),
  };
}
