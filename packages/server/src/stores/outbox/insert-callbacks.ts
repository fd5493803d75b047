import { type Callback, packRecord } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";
import { isHeard } from "./hear-types.js";

const lockOf = (customer: string) => `hashtextextended('tollgate.callbacks:' || ${customer}, 0)`;

/** One that has many ahead of it is looked at later: see `putOff`. */
const firstLook = (customer: string) => `now() + CASE WHEN heard AND EXISTS (
  SELECT FROM tollgate.callbacks AS ahead WHERE ahead.customer_id = ${customer} AND ahead.state = 'waiting'
  ORDER BY ahead.position OFFSET 9 LIMIT 1
) THEN interval '5 minutes' ELSE interval '0' END`;

/**
 * Adds callbacks to the outbox, as part of a statement: `added`, `locked` and `kept`.
 *
 * The lock is taken before the positions are assigned, and lasts to the end of the transaction: so a customer's
 * callbacks become visible in the order of their positions, and none appears ahead of one that has run. Those that
 * nobody runs have no place among those that wait, and need none.
 *
 * @param from rows without which nothing is added; each with its callbacks
 * @param callbacks an expression for what `toRows` gives, as JSON
 */
export const insertCallbacks = (from: string, callbacks: string) => `
  added AS MATERIALIZED (
    SELECT one ->> 'id' AS id, one ->> 'type' AS type, one -> 'data' AS data, one -> 'data' ->> 'customerId' AS customer,
      ${isHeard("one ->> 'type'")} AS heard, ordinal
    FROM ${from}, jsonb_array_elements(${callbacks}) WITH ORDINALITY AS every(one, ordinal)
  ), locked AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(${lockOf("customer")})
    FROM (SELECT DISTINCT customer FROM added WHERE heard ORDER BY customer) AS customers
  ), kept AS (
    INSERT INTO tollgate.callbacks (id, customer_id, type, data, state, finished_at, next_attempt_at)
    SELECT id, customer, type, data, CASE WHEN heard THEN 'waiting' ELSE 'unheard' END,
      CASE WHEN NOT heard THEN now() END, ${firstLook("customer")}
    FROM added WHERE (SELECT count(*) FROM locked) >= 0
    ORDER BY ordinal
    ON CONFLICT (id) DO NOTHING
  )`;

/**
 * The same for one callback, which is what nearly every event has: a much smaller plan, and so much less to set up for
 * each event.
 *
 * @param from one row, or none: then nothing is added
 * @param first the number of the first of the four parameters that `toCallbackParams` gives
 */
export const insertCallback = (from: string, first: number) => `
  kept AS (
    INSERT INTO tollgate.callbacks (id, customer_id, type, data, state, finished_at, next_attempt_at)
    SELECT $${first}::text, $${first + 1}::text, $${first + 2}::text, $${first + 3}::jsonb,
      CASE WHEN heard THEN 'waiting' ELSE 'unheard' END, CASE WHEN NOT heard THEN now() END, ${firstLook(`$${first + 1}::text`)}
    FROM (
      SELECT heard, heard AND pg_advisory_xact_lock(${lockOf(`$${first + 1}::text`)}) IS NULL AS unlocked
      FROM (SELECT ${isHeard(`$${first + 2}::text`)} AS heard FROM ${from} OFFSET 0) AS known OFFSET 0
    ) AS one
    WHERE NOT unlocked
    ON CONFLICT (id) DO NOTHING
  )`;

const insert = `WITH ${insertCallbacks("(VALUES (1)) AS once", "$1::jsonb")} SELECT 1 AS added`;

export function toRows(callbacks: readonly Callback[]): readonly object[] {
  return callbacks.map(({ id, type, data }) => ({ id, type, data: packRecord("callback", data) }));
}

/** The four parameters of `insertCallback`. */
export function toCallbackParams({ id, type, data }: Callback): readonly string[] {
  return [id, data.customerId, type, JSON.stringify(packRecord("callback", data))];
}

/** Adds callbacks to the outbox within the transaction. */
export async function enqueueCallbacks(tx: SqlRunner, callbacks: readonly Callback[]): Promise<void> {
  if (callbacks.length === 0) return;
  await tx.query(insert, [JSON.stringify(toRows(callbacks))], "tollgate_enqueue_callbacks");
}
