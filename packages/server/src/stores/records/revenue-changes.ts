/** Midnight in UTC before a time. */
export const dayOf = (time: string) => `date_trunc('day', ${time}, 'UTC')`;

/** In the order in which a customer's changes are told apart: what was pruned comes first, as a whole. */
const moved = (rows: string) => `
  SELECT currency, occurred_at, least(first_paid, first_value(occurred_at) OVER own) AS began, delta, settled,
    CASE WHEN sum(delta) OVER own = delta
        THEN CASE WHEN row_number() OVER own = 1 AND first_paid IS NULL THEN 'new' ELSE 'reactivation' END
      WHEN sum(delta) OVER own = 0 THEN 'churn' WHEN delta > 0 THEN 'expansion' ELSE 'contraction' END AS kind,
    CASE WHEN sum(delta) OVER own = 0 THEN coalesce(ending, 'voluntary') ELSE '' END AS ending
  FROM ${rows}
  WINDOW own AS (PARTITION BY customer_id, currency ORDER BY settled DESC, occurred_at, position ROWS UNBOUNDED PRECEDING)`;

/**
 * The changes of revenue of the customers and currencies in `touched`, as parts of a statement: `counted_changes` as
 * they are in the totals, and `all_changes` as they are with what came since. Those that are `settled` only the totals
 * know.
 *
 * @param counted an expression for the place up to which the totals go
 * @param upTo an expression for the place of the last entry that is looked at; all, if there is none
 */
export const revenueChanges = (counted: string, upTo?: string) => `
own AS (
  SELECT touched.customer_id, touched.currency, one.occurred_at, one.position, one.delta, one.ending,
    pruned.began AS first_paid, one.position <= ${counted} AS is_counted,
    coalesce(one.occurred_at <= pruned.until AND one.position <= ${counted}, false) AS settled
  FROM touched
  JOIN tollgate.history AS one ON one.customer_id = touched.customer_id AND one.currency = touched.currency
  LEFT JOIN tollgate.history_pruned AS pruned
    ON pruned.customer_id = touched.customer_id AND pruned.currency = touched.currency
  WHERE one.delta <> 0${upTo === undefined ? "" : ` AND one.position <= ${upTo}`}
), counted_changes AS (${moved("own WHERE is_counted")}
), all_changes AS (${moved("own")}
)`;

/**
 * Adds what is in `changes` to the totals, as parts of a statement.
 *
 * @param changes rows of `day`, `cohort`, `currency`, `kind`, `ending`, `delta` and `count`
 */
export const addToTotals = (changes: string) => `
summed AS (
  SELECT day, cohort, currency, kind, ending, sum(delta)::bigint AS delta, sum(count)::bigint AS count
  FROM (${changes}) AS change(day, cohort, currency, kind, ending, delta, count)
  GROUP BY 1, 2, 3, 4, 5 HAVING sum(delta) <> 0 OR sum(count) <> 0
), by_cohort AS (
  INSERT INTO tollgate.cohort_days AS kept (day, cohort, currency, kind, ending, delta, count)
  SELECT day, cohort, currency, kind, ending, delta, count FROM summed
  ON CONFLICT (day, cohort, currency, kind, ending)
    DO UPDATE SET delta = kept.delta + excluded.delta, count = kept.count + excluded.count
), by_day AS (
  INSERT INTO tollgate.revenue_days AS kept (day, currency, kind, ending, delta, count)
  SELECT day, currency, kind, ending, sum(delta)::bigint, sum(count)::bigint FROM summed GROUP BY 1, 2, 3, 4
  ON CONFLICT (day, currency, kind, ending)
    DO UPDATE SET delta = kept.delta + excluded.delta, count = kept.count + excluded.count
)`;

/** Changes as rows for `addToTotals`, or with the sign turned to take them away. */
export const asDays = (changes: string, sign: "" | "-") => `
  SELECT ${dayOf("occurred_at")}, ${dayOf("began")}, currency, kind, ending, ${sign}delta, ${sign}1
  FROM ${changes} WHERE NOT settled`;
