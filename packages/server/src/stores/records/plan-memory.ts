import type { PlanCount, PlanGrants, PlanMemory, PriceCount } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";

/** The version of the shape in which a plan's grants are kept. */
const version = 1;

/** One statement that writes nothing where everything is known, as at nearly every start of an instance. */
const remember = `
  WITH saved AS (
    INSERT INTO tollgate.pushed_plans (plan_id, version, record, pushed_at)
    SELECT wanted."planId", $2, wanted.record, $3::timestamptz
    FROM jsonb_to_recordset($1::jsonb) AS wanted("planId" text, record jsonb)
    LEFT JOIN tollgate.pushed_plans AS known ON known.plan_id = wanted."planId"
    WHERE known.record IS DISTINCT FROM wanted.record
    ORDER BY wanted."planId"
    ON CONFLICT (plan_id) DO UPDATE SET
      version = excluded.version, record = excluded.record, pushed_at = excluded.pushed_at
  )
  SELECT record FROM tollgate.pushed_plans ORDER BY plan_id COLLATE "C"`;

/** Steps from one list of plans to the next by the index, then counts those that have one of the plans asked for. */
const count = `
  WITH RECURSIVE lists AS (
    (SELECT plan_ids FROM tollgate.subscriptions WHERE live ORDER BY plan_ids LIMIT 1)
    UNION ALL
    SELECT (
      SELECT plan_ids FROM tollgate.subscriptions
      WHERE live AND plan_ids > lists.plan_ids ORDER BY plan_ids LIMIT 1
    ) FROM lists WHERE lists.plan_ids IS NOT NULL
  )
  SELECT plan.id AS "planId", count(DISTINCT subscribed.customer_id)::integer AS customers
  FROM lists CROSS JOIN LATERAL jsonb_array_elements_text(lists.plan_ids) AS plan(id)
  JOIN tollgate.subscriptions AS subscribed ON subscribed.live AND subscribed.plan_ids = lists.plan_ids
  WHERE plan.id IS NOT NULL AND plan.id <> ALL($1::text[])
  GROUP BY plan.id ORDER BY plan.id COLLATE "C"`;

const countPrices = `
  WITH paid AS (
    SELECT item ->> 'priceId' AS price_id, customer_id
    FROM tollgate.subscriptions CROSS JOIN LATERAL jsonb_array_elements(record -> 'items') AS item
    WHERE live AND provider = $1
  )
  SELECT price_id AS "priceId", count(DISTINCT customer_id)::integer AS customers
  FROM paid WHERE price_id = ANY($2::text[]) GROUP BY price_id ORDER BY price_id COLLATE "C"`;

/** Steps from one customer to the next by the index: most have one subscription, and some many that have ended. */
const subscribers = `
  WITH RECURSIVE next AS (
    SELECT (
      SELECT customer_id FROM tollgate.subscriptions WHERE live AND customer_id > $1 ORDER BY customer_id LIMIT 1
    ) AS customer_id, 1 AS place
    UNION ALL
    SELECT (
      SELECT customer_id FROM tollgate.subscriptions
      WHERE live AND customer_id > next.customer_id ORDER BY customer_id LIMIT 1
    ), place + 1 FROM next WHERE next.customer_id IS NOT NULL AND place < $2
  )
  SELECT customer_id AS "customerId" FROM next WHERE customer_id IS NOT NULL ORDER BY place`;

interface Row {
  readonly record: PlanGrants;
}

/** What plans granted. */
export function createPlanMemory(sql: SqlRunner): PlanMemory {
  return {
    async rememberPlans(plans, at) {
      const rows = plans.map((record) => ({ planId: record.planId, record }));
      const kept = await sql.query<Row>(remember, [JSON.stringify(rows), version, at]);
      return kept.map(({ record }) => record);
    },
    async listPlans() {
      const rows = await sql.query<Row>(
        'SELECT record FROM tollgate.pushed_plans ORDER BY plan_id COLLATE "C"',
      );
      return rows.map(({ record }) => record);
    },
    countPayers: (provider, priceIds) => sql.query<PriceCount>(countPrices, [provider, [...priceIds]]),
    async listSubscribers({ after, limit }) {
      const rows = await sql.query<{ customerId: string }>(subscribers, [after ?? "", limit]);
      return rows.map(({ customerId }) => customerId);
    },
    countSubscribers: (except) => sql.query<PlanCount>(count, [[...except]]),
  };
}
