import { callbackTypes, type JobHandlers } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";

/**
 * Whether some instance has, or had until a few minutes ago, a function for the type: instances of several
 * releases run side by side while one is rolled out, and one that restarts is gone for a moment.
 *
 * @param type an expression
 */
export const isHeard = (type: string) => `EXISTS (
  SELECT FROM tollgate.callback_types AS known
  WHERE known.type = ${type} AND known.heard_at > now() - interval '10 minutes'
)`;

/** Few enough that no statement holds many locks for long. */
const batchSize = 1000;

/** Says that this instance runs these types, and makes callbacks of these types that nobody ran wait to be run. */
const hear = `
  WITH told AS (
    INSERT INTO tollgate.callback_types AS known (type, heard_at)
    SELECT type, now() FROM unnest($1::text[]) AS type ORDER BY type
    ON CONFLICT (type) DO UPDATE SET heard_at = excluded.heard_at
    WHERE known.heard_at < now() - interval '30 seconds'
  ), kept AS (
    SELECT one.position FROM unnest($1::text[]) AS mine(type) CROSS JOIN LATERAL (
      SELECT position FROM tollgate.callbacks WHERE state = 'unheard' AND callbacks.type = mine.type
      ORDER BY finished_at LIMIT $2::integer
    ) AS one
  )
  UPDATE tollgate.callbacks AS callback SET state = 'waiting', next_attempt_at = now(), finished_at = NULL
  FROM kept WHERE callback.position = kept.position AND callback.state = 'unheard'
  RETURNING callback.customer_id AS "customerId"`;

/** The types that the handlers have functions for. */
export function typesOf({ runCallback, callbackTypes: types }: JobHandlers): readonly string[] {
  return runCallback === null ? [] : (types ?? callbackTypes);
}

/** @returns the customers whose callbacks, kept until now without anybody to run them, are waiting */
export async function hearTypes(sql: SqlRunner, types: readonly string[]): Promise<readonly string[]> {
  const customers = new Set<string>();
  if (types.length === 0) return [];
  for (;;) {
    const rows = await sql.query<{ readonly customerId: string }>(hear, [types, batchSize]);
    for (const { customerId } of rows) customers.add(customerId);
    if (rows.length < batchSize) return [...customers];
  }
}

/** Puts a callback aside whose type nobody runs any more, so that those behind it can run. */
export async function setUnheard(sql: SqlRunner, position: string): Promise<void> {
  await sql.query(
    `UPDATE tollgate.callbacks SET state = 'unheard', finished_at = now()
     WHERE position = $1::bigint AND state = 'waiting' AND NOT ${isHeard("callbacks.type")}`,
    [position],
  );
}
