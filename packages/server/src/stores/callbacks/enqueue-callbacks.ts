import { type Callback, packRecord } from "@tollgate/core";
import type PgBoss from "pg-boss";
import type { SqlRunner } from "../sql-driver.js";
import type { CallbackTiming } from "./callback-timing.js";
import { insertDrains } from "./drain-jobs.js";

/**
 * The lock comes before the positions are given, and lasts to the end of the transaction: so a customer's
 * callbacks become visible in the order of their positions, and none appears before one that has run.
 */
const insert = `
  WITH new AS (
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
      WITH ORDINALITY AS new (id, customer_id, type, data, ordinal)
  ), locked AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(hashtextextended('tollgate.callbacks:' || customer_id, 0))
    FROM (SELECT DISTINCT customer_id FROM new ORDER BY customer_id) AS customers
  )
  INSERT INTO tollgate.callbacks (id, customer_id, type, data)
  SELECT id, customer_id, type, data::jsonb FROM new
  WHERE (SELECT count(*) FROM locked) > 0
  ORDER BY ordinal
  ON CONFLICT (id) DO NOTHING
  RETURNING customer_id AS "customerId"`;

/** Puts callbacks into the outbox within the transaction, and a job for each of their customers. */
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
  const rows = await tx.query<{ readonly customerId: string }>(insert, params, "tollgate_enqueue_callbacks");
  const customerIds = new Set(rows.map(({ customerId }) => customerId));
  if (customerIds.size > 0) await insertDrains(engine, tx, [...customerIds], timing);
}
