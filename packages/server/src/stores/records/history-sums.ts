import type { FactSum, HistorySums, InboxSum, MovementSum, SumsWish } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";
import { dayOf, revenueChanges } from "./revenue-changes.js";

const [first, end] = ["($1::timestamptz[])[1]", "($1::timestamptz[])[cardinality($1::timestamptz[])]"];
const isMeant = (currency: string) => `($2::text IS NULL OR ${currency} = $2)`;

/**
 * Whose changes the totals don't tell in full: who has entries that are not counted yet, and who has changes on a day
 * that a span's bound cuts in two. The totals' share of them is taken away, and they are added one by one.
 */
const touched = `
touched AS (
  SELECT customer_id, currency FROM tollgate.history
  WHERE position > $3::bigint AND delta <> 0 AND ${isMeant("currency")}
  UNION
  SELECT one.customer_id, one.currency FROM unnest($4::timestamptz[]) AS cut(day)
  JOIN tollgate.history AS one ON one.occurred_at >= cut.day AND one.occurred_at < cut.day + interval '1 day'
  WHERE one.delta <> 0 AND ${isMeant("one.currency")}
)`;

/** Before the first span it makes no difference when somebody began. */
const movements = `
WITH ${touched}, ${revenueChanges("$3::bigint")}, part AS (
  SELECT day AS at, day AS began, currency, kind, ending, delta, count FROM tollgate.revenue_days WHERE day < ${first}
  UNION ALL SELECT day, cohort, currency, kind, ending, delta, count FROM tollgate.cohort_days WHERE day >= ${first} AND day < ${end}
  UNION ALL SELECT ${dayOf("occurred_at")}, ${dayOf("began")}, currency, kind, ending, -delta, -1 FROM counted_changes WHERE NOT settled
  UNION ALL SELECT occurred_at, began, currency, kind, ending, delta, 1 FROM all_changes WHERE NOT settled
), sums AS (
  SELECT currency, width_bucket(at, $1::timestamptz[]) AS span, width_bucket(began, $1::timestamptz[]) AS cohort, kind,
    nullif(ending, '') AS ending, sum(delta)::float8 AS delta, sum(count)::float8 AS count
  FROM part WHERE at < ${end} AND ${isMeant("currency")}
  GROUP BY 1, 2, 3, 4, 5 HAVING sum(count) <> 0 OR sum(delta) <> 0 ORDER BY 1, 2, 3, 4, 5
)`;

const isFact = "(trial IS NOT NULL OR one.kind <> 'subscription') AND amount IS DISTINCT FROM 0";

const facts = `
WITH part AS (
  SELECT day AS at, currency, kind, status, count, amount FROM tollgate.fact_days WHERE day < ${end}
    AND day >= ${dayOf(first)}
  UNION ALL
  SELECT moment.at, currency, kind, coalesce(trial, status), moment.sign, moment.sign * coalesce(amount, 0)
  FROM unnest($4::timestamptz[]) AS cut(day)
  JOIN tollgate.history AS one ON one.occurred_at >= cut.day AND one.occurred_at < cut.day + interval '1 day'
  CROSS JOIN LATERAL (VALUES (cut.day, -1), (one.occurred_at, 1)) AS moment(at, sign)
  WHERE ${isFact} AND one.position <= $3::bigint
  UNION ALL
  SELECT occurred_at, currency, kind, coalesce(trial, status), 1, coalesce(amount, 0)
  FROM tollgate.history AS one WHERE ${isFact} AND one.position > $3::bigint
), sums AS (
  SELECT currency, width_bucket(at, $1::timestamptz[]) AS span, kind, status, sum(count)::float8 AS count,
    sum(amount)::float8 AS amount
  FROM part WHERE at >= ${first} AND at < ${end} AND ${isMeant("currency")}
  GROUP BY 1, 2, 3, 4 HAVING sum(count) <> 0 OR sum(amount) <> 0 ORDER BY 1, 2, 3, 4
)`;

/** In one statement, so that totals and entries are of the same moment. */
const answer = `
SELECT (SELECT position FROM tollgate.history_totals)::text AS counted,
  (SELECT coalesce(json_agg(sums), '[]') FROM sums) AS sums`;

const inbox = `
SELECT width_bucket(received_at, $1::timestamptz[]) AS span, state, count(*)::float8 AS count,
  (count(*) FILTER (WHERE settled_at <= occurred_at + interval '1 minute'))::float8 AS "withinMinute"
FROM tollgate.events WHERE received_at >= ${first} AND received_at < ${end}
GROUP BY 1, 2 ORDER BY 1, 2`;

export async function readHistorySums(sql: SqlRunner, { bounds, currency }: SumsWish): Promise<HistorySums> {
  const spans = [...bounds];
  const wish = [spans, currency] as const;
  return {
    movements: await readSums<MovementSum>(sql, movements, wish),
    facts: await readSums<FactSum>(sql, facts, wish),
    inbox: await sql.query<InboxSum>(inbox, [spans]),
  };
}

/** Anew where more was counted while they were read: the place is a parameter, by which the database plans. */
async function readSums<Sum>(
  sql: SqlRunner,
  sums: string,
  [bounds, currency]: readonly [readonly string[], string | null],
): Promise<readonly Sum[]> {
  const cut = bounds.flatMap((bound) => (bound.endsWith("T00:00:00.000Z") ? [] : [bound.slice(0, 10)]));
  const days = [...new Set(cut)].map((day) => `${day}T00:00:00.000Z`);
  let counted = await readCounted(sql);
  for (;;) {
    const [row] = await sql.query<{ readonly counted: string; readonly sums: readonly Sum[] }>(
      `${sums} ${answer}`,
      [bounds, currency, counted, days],
    );
    if (row === undefined || row.counted === counted) return row?.sums ?? [];
    counted = row.counted;
  }
}

async function readCounted(sql: SqlRunner): Promise<string> {
  const [row] = await sql.query<{ readonly counted: string }>(
    "SELECT position::text AS counted FROM tollgate.history_totals",
  );
  return row?.counted ?? "0";
}
