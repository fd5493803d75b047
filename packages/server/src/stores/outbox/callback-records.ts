import {
  BillingError,
  type Callback,
  type CallbackFilter,
  type CallbackOutbox,
  type CallbackPage,
  type CallbackRecord,
  type CallbackState,
  callbackTypes,
  unpackRecord,
} from "@tollgate/core";
import { isoTime } from "../driver/iso-time.js";
import type { SqlRunner } from "../driver/sql-driver.js";

interface Row {
  readonly position: string;
  readonly id: string;
  readonly customerId: string;
  readonly type: string;
  readonly data: object;
  readonly state: CallbackState;
  readonly attempts: number;
  readonly lastError: CallbackRecord["lastError"];
  readonly createdAt: Date | string;
  readonly nextAttemptAt: Date | string;
  readonly finishedAt: Date | string | null;
}

/** @throws BillingError `invalid_query` when `after` is not a page's `next` */
export async function listCallbacks(
  sql: SqlRunner,
  { state = undefined, customerId = undefined, after = undefined, limit }: CallbackFilter & { limit: number },
): Promise<CallbackPage> {
  if (after !== undefined && !/^\d{1,18}$/.test(after)) {
    throw new BillingError("invalid_query", "`after` must be the `next` of a page of callbacks.");
  }
  const rows = await sql.query<Row>(
    `SELECT position::text, id, customer_id AS "customerId", type, data, state, attempts,
       last_error AS "lastError", ${isoTime("created_at")} AS "createdAt", ${isoTime("next_attempt_at")} AS "nextAttemptAt",
       ${isoTime("finished_at")} AS "finishedAt"
     FROM tollgate.callbacks
     WHERE ($1::text IS NULL OR state = $1) AND ($2::text IS NULL OR customer_id = $2)
       AND ($3::bigint IS NULL OR position < $3)
     ORDER BY callbacks.position DESC LIMIT $4::integer`,
    [state ?? null, customerId ?? null, after ?? null, limit + 1],
  );
  const page = rows.slice(0, limit);
  const next = rows.length > limit ? (page.at(-1)?.position ?? null) : null;
  return { callbacks: page.map(toRecord), next };
}

/** @returns whether there is one with this id */
export async function reviveCallback(sql: SqlRunner, id: string): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE tollgate.callbacks SET state = 'waiting', next_attempt_at = now(), finished_at = NULL,
       attempts = CASE WHEN state = 'waiting' THEN attempts ELSE 0 END
     WHERE id = $1 RETURNING 1`,
    [id],
  );
  return rows.length > 0;
}

/** Deletes finished ones, the oldest first; returns how many. */
export async function deleteCallbacks(
  sql: SqlRunner,
  { deliveredBefore, deadBefore, unheardBefore, limit }: Parameters<CallbackOutbox["pruneCallbacks"]>[0],
): Promise<number> {
  const unheard = await sql.query(pruneUnheard, [callbackTypes, unheardBefore, limit]);
  if (unheard.length >= limit) return unheard.length;
  const rows = await sql.query(
    `DELETE FROM tollgate.callbacks WHERE position IN (
       SELECT position FROM tollgate.callbacks
       WHERE state <> 'waiting'
         AND finished_at < CASE state WHEN 'delivered' THEN $1::timestamptz ELSE $2::timestamptz END
       ORDER BY finished_at LIMIT $3::integer
     ) AND state <> 'waiting' RETURNING 1`,
    [deliveredBefore, deadBefore, limit - unheard.length],
  );
  return unheard.length + rows.length;
}

/** Type by type, in the order of the index: among those that were delivered they would be far apart. */
const pruneUnheard = `
  DELETE FROM tollgate.callbacks WHERE position IN (
    SELECT one.position FROM unnest($1::text[]) AS known(type) CROSS JOIN LATERAL (
      SELECT position FROM tollgate.callbacks
      WHERE state = 'unheard' AND callbacks.type = known.type AND finished_at < $2::timestamptz
      ORDER BY finished_at LIMIT $3::integer
    ) AS one LIMIT $3::integer
  ) AND state = 'unheard' RETURNING 1`;

function toRecord({ position: _, id, type, data, ...row }: Row): CallbackRecord {
  // Written by `enqueueCallbacks` and read back from our own store.
  const callback = { id, type, data: unpackRecord("callback", data) } as Callback;
  return {
    ...callback,
    ...row,
    createdAt: new Date(row.createdAt).toISOString(),
    nextAttemptAt: new Date(row.nextAttemptAt).toISOString(),
    finishedAt: row.finishedAt === null ? null : new Date(row.finishedAt).toISOString(),
  };
}
