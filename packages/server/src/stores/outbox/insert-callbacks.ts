import { type Callback, packRecord } from "@tollgate/core";
import type PgBoss from "pg-boss";
import type { SqlRunner } from "../driver/sql-driver.js";
import type { CallbackTiming } from "../jobs/callback-timing.js";
import { insertDrains } from "./drain-jobs.js";
import { isHeard } from "./hear-types.js";

interface Row {
  readonly customerId: string;
  readonly state: "waiting" | "unheard";
}

/**
 * The lock is taken before the positions are assigned, and lasts to the end of the transaction: so a customer's
 * callbacks become visible in the order of their positions, and none appears ahead of one that has run.
 */
const insert = `
  WITH new AS (
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
      WITH ORDINALITY AS new (id, customer_id, type, data, ordinal)
  ), locked AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(hashtextextended('tollgate.callbacks:' || customer_id, 0))
    FROM (SELECT DISTINCT customer_id FROM new ORDER BY customer_id) AS customers
  )
  INSERT INTO tollgate.callbacks (id, customer_id, type, data, state, finished_at)
  SELECT id, customer_id, type, data::jsonb,
    CASE WHEN heard THEN 'waiting' ELSE 'unheard' END, CASE WHEN NOT heard THEN now() END
  FROM new CROSS JOIN LATERAL (SELECT ${isHeard("new.type")} AS heard) AS known
  WHERE (SELECT count(*) FROM locked) > 0
  ORDER BY ordinal
  ON CONFLICT (id) DO NOTHING
  RETURNING customer_id AS "customerId", state`;

/**
 * Keeps callbacks for whoever will run their types, as part of another statement. Without the customer's lock: they
 * have no place among those that wait until somebody runs them.
 *
 * @param from rows without which nothing is kept
 * @param callbacks an expression for what `toUnheard` gives, as JSON
 */
export const insertUnheard = (from: string, callbacks: string) => `
  INSERT INTO tollgate.callbacks (id, customer_id, type, data, state, finished_at)
  SELECT one ->> 'id', one -> 'data' ->> 'customerId', one ->> 'type', one -> 'data', 'unheard', now()
  FROM ${from}, jsonb_array_elements(${callbacks}) WITH ORDINALITY AS every(one, ordinal)
  ORDER BY ordinal
  ON CONFLICT (id) DO NOTHING`;

export function toUnheard(callbacks: readonly Callback[]): readonly object[] {
  return callbacks.map(({ id, type, data }) => ({ id, type, data: packRecord("callback", data) }));
}

/** Adds callbacks to the outbox within the transaction, and a job for each customer who has one to be run. */
export async function enqueueCallbacks(
  engine: PgBoss,
  tx: SqlRunner,
  callbacks: readonly Callback[],
  timing: CallbackTiming,
): Promise<void> {
  const params = [
    callbacks.map(({ id }) => id),
    callbacks.map(({ data }) => data.customerId),
    callbacks.map(({ type }) => type),
    callbacks.map(({ data }) => JSON.stringify(packRecord("callback", data))),
  ];
  const rows = await tx.query<Row>(insert, params, "tollgate_enqueue_callbacks");
  const waiting = rows.filter(({ state }) => state === "waiting");
  const customerIds = new Set(waiting.map(({ customerId }) => customerId));
  if (customerIds.size > 0) await insertDrains(engine, tx, [...customerIds], timing);
}
