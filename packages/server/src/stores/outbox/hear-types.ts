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
  RETURNING 1`;

/** What is due, though nobody runs its type any more: it keeps those behind it waiting. */
const forget = `
  UPDATE tollgate.callbacks SET state = 'unheard', finished_at = now() WHERE position IN (
    SELECT position FROM tollgate.callbacks
    WHERE state = 'waiting' AND next_attempt_at <= now() AND NOT ${isHeard("callbacks.type")}
    LIMIT $1::integer
  ) AND state = 'waiting'
  RETURNING 1`;

/**
 * Those that are due but far behind, or behind one that is not due: they are looked at again later, so that looking for
 * what can be run doesn't meet them every time. When it is their turn they are due at once: see `endCallbacks`.
 */
const putOff = `
  UPDATE tollgate.callbacks SET next_attempt_at = now() + interval '5 minutes' WHERE position IN (
    SELECT position FROM tollgate.callbacks AS one
    WHERE state = 'waiting' AND next_attempt_at <= now() AND attempts = 0 AND (
      EXISTS (
        SELECT FROM tollgate.callbacks AS ahead
        WHERE ahead.customer_id = one.customer_id AND ahead.state = 'waiting' AND ahead.position < one.position
        ORDER BY ahead.position OFFSET 9 LIMIT 1
      ) OR now() < (
        SELECT head.next_attempt_at FROM tollgate.callbacks AS head
        WHERE head.customer_id = one.customer_id AND head.state = 'waiting' AND head.position < one.position
        ORDER BY head.position LIMIT 1
      )
    )
    LIMIT $1::integer
  ) AND state = 'waiting' AND attempts = 0
  RETURNING 1`;

/** @returns whether something waits that did not wait before */
export async function hearTypes(sql: SqlRunner, types: readonly string[]): Promise<boolean> {
  const begun = await inBatches(() => sql.query(hear, [types, batchSize]));
  await inBatches(() => sql.query(forget, [batchSize]));
  await inBatches(() => sql.query(putOff, [batchSize]));
  return begun > 0;
}

async function inBatches(change: () => Promise<readonly object[]>): Promise<number> {
  let changed = 0;
  for (;;) {
    const { length } = await change();
    changed += length;
    if (length < batchSize) return changed;
  }
}
