import { type Callback, packRecord } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";
import { isHeard } from "./hear-types.js";

/**
 * Adds callbacks to the outbox, as part of a statement: `locked` and `kept`.
 *
 * The lock is taken before the positions are assigned, and lasts to the end of the transaction: so a customer's
 * callbacks become visible in the order of their positions, and none appears ahead of one that has run. Those that
 * nobody runs have no place among those that wait, and need none.
 *
 * One that has many ahead of it is looked at later: see `putOff`.
 *
 * @param from rows without which nothing is added; each with its callbacks
 * @param callbacks an expression for what `toRows` gives, as JSON
 * @param after what else the statement must have done before it takes the lock
 */
export const insertCallbacks = (from: string, callbacks: string, after = "true") => `
  added AS MATERIALIZED (
    SELECT one ->> 'id' AS id, one ->> 'type' AS type, one -> 'data' AS data, one -> 'data' ->> 'customerId' AS customer,
      ${isHeard("one ->> 'type'")} AS heard, row_number() OVER () AS ordinal
    FROM ${from}, jsonb_array_elements(${callbacks}) AS one
    WHERE ${after}
  ), locked AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(hashtextextended('tollgate.callbacks:' || customer, 0))
    FROM (SELECT DISTINCT customer FROM added WHERE heard ORDER BY customer) AS customers
  ), kept AS (
    INSERT INTO tollgate.callbacks (id, customer_id, type, data, state, finished_at, next_attempt_at)
    SELECT id, customer, type, data, CASE WHEN heard THEN 'waiting' ELSE 'unheard' END,
      CASE WHEN NOT heard THEN now() END, now() + CASE WHEN heard AND EXISTS (
        SELECT FROM tollgate.callbacks AS ahead WHERE ahead.customer_id = customer AND ahead.state = 'waiting'
        ORDER BY ahead.position OFFSET 9 LIMIT 1
      ) THEN interval '5 minutes' ELSE interval '0' END
    FROM added WHERE (SELECT count(*) FROM locked) >= 0
    ORDER BY ordinal
    ON CONFLICT (id) DO NOTHING
  )`;

const insert = `WITH ${insertCallbacks("(VALUES (1)) AS once", "$1::jsonb")} SELECT 1 AS added`;

export function toRows(callbacks: readonly Callback[]): readonly object[] {
  return callbacks.map(({ id, type, data }) => ({ id, type, data: packRecord("callback", data) }));
}

/** Adds callbacks to the outbox within the transaction. */
export async function enqueueCallbacks(tx: SqlRunner, callbacks: readonly Callback[]): Promise<void> {
  if (callbacks.length === 0) return;
  await tx.query(insert, [JSON.stringify(toRows(callbacks))], "tollgate_enqueue_callbacks");
}
