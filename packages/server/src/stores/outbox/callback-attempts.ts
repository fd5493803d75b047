import { type Callback, unpackRecord } from "@tollgate/core";
import { isoTime } from "../driver/iso-time.js";
import type { SqlRunner } from "../driver/sql-driver.js";
import { isHeard } from "./hear-types.js";

/** An attempt that was begun under the customer's lease. */
export interface CallbackAttempt {
  readonly position: string;
  readonly callback: Callback;
  /** How many there were, this one included. */
  readonly attempts: number;
}

/** What was at the head of a customer's callbacks, and what became of it. */
export type Beginning =
  | { readonly standing: "begun"; readonly attempt: CallbackAttempt }
  /** The lease is ours, but the head had just been dealt with. */
  | { readonly standing: "missed" }
  /** Somebody else has the lease. */
  | { readonly standing: "held" }
  /** It is due, but there is no time left to begin it. */
  | { readonly standing: "late" }
  /** It is due, but other instances have the function for it: they should look at `handOverAt`. */
  | { readonly standing: "others"; readonly position: string; readonly handOverAt: Date }
  /** It is due, but no instance has a function for it any more. */
  | { readonly standing: "unheard"; readonly position: string }
  /** It waits for its next attempt, and whatever is behind it waits too. */
  | { readonly standing: "waiting"; readonly position: string; readonly nextAttemptAt: Date }
  | { readonly standing: "empty" };

interface Row {
  readonly head: string | null;
  readonly headAt: Date | string;
  readonly due: boolean;
  readonly mine: boolean;
  readonly heard: boolean;
  readonly handOverAt: Date | string;
  readonly leased: boolean;
  readonly inTime: boolean;
  readonly position: string | null;
  readonly id: string;
  readonly type: string;
  readonly data: object;
  readonly attempts: number;
}

/**
 * When to check again whether somebody else has begun what they have the function for: the longer it waits, the later.
 * On whole seconds, so that two that ask at once ask for one job.
 */
const handOver = `(SELECT date_trunc('second', now())
  + (1 + least(29, floor(extract(epoch FROM now() - created_at) / 4))) * interval '1 second' FROM first)`;

/**
 * The statement may have begun before the lease became free, and then sees a head that has been dealt with by now: an
 * update looks at the row as it is, so it changes nothing.
 */
const begin = `
  WITH first AS (
    SELECT position, next_attempt_at, created_at, type, type = ANY($5::text[]) AS mine FROM tollgate.callbacks
    WHERE customer_id = $1 AND state = 'waiting' ORDER BY position LIMIT 1
  ), due AS (
    SELECT position, mine FROM first WHERE next_attempt_at <= now()
  ), lease AS (
    INSERT INTO tollgate.callback_leases AS held (customer_id, holder, expires_at)
    SELECT $1, $2::uuid, now() + $3::integer * interval '1 second' FROM due
    WHERE mine AND now() < $4::timestamptz
    ON CONFLICT (customer_id) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
    WHERE held.expires_at <= now()
    RETURNING 1
  ), begun AS (
    UPDATE tollgate.callbacks AS callback SET attempts = callback.attempts + 1 FROM due, lease
    WHERE callback.position = due.position AND callback.state = 'waiting' AND callback.next_attempt_at <= now()
    RETURNING callback.position, callback.id, callback.type, callback.data, callback.attempts
  )
  SELECT (SELECT position::text FROM first) AS head, (SELECT ${isoTime("next_attempt_at")} FROM first) AS "headAt",
    EXISTS (SELECT FROM due) AS due, coalesce((SELECT mine FROM first), false) AS mine,
    EXISTS (SELECT FROM first WHERE ${isHeard("first.type")}) AS heard, ${isoTime(handOver)} AS "handOverAt", EXISTS (SELECT FROM lease) AS leased, now() < $4::timestamptz AS "inTime",
    begun.position::text, begun.id, begun.type, begun.data, begun.attempts
  FROM (VALUES (1)) AS one LEFT JOIN begun ON true`;

/**
 * Takes the customer's lease and begins an attempt of the callback at the head, if it is due.
 *
 * @param lease.startUntil by the database's clock
 * @param types those that this instance has functions for
 */
export async function beginAttempt(
  sql: SqlRunner,
  lease: {
    readonly customerId: string;
    readonly holder: string;
    readonly seconds: number;
    readonly startUntil: Date;
  },
  types: readonly string[],
): Promise<Beginning> {
  const params = [lease.customerId, lease.holder, lease.seconds, lease.startUntil.toISOString(), types];
  const [row] = await sql.query<Row>(begin, params, "tollgate_begin_callback");
  if (row === undefined || row.head === null) return { standing: "empty" };
  if (row.position !== null) {
    const { position, id, type, attempts } = row;
    // Written by `enqueueCallbacks` and read back from our own store.
    const callback = { id, type, data: unpackRecord("callback", row.data) } as Callback;
    return { standing: "begun", attempt: { position, callback, attempts } };
  }
  if (row.leased) return { standing: "missed" };
  if (row.due && !row.mine) {
    if (!row.heard) return { standing: "unheard", position: row.head };
    return { standing: "others", position: row.head, handOverAt: new Date(row.handOverAt) };
  }
  if (row.due) return { standing: row.inTime ? "held" : "late" };
  return { standing: "waiting", position: row.head, nextAttemptAt: new Date(row.headAt) };
}

/** Records how an attempt ended and releases the lease, in one step. */
export async function endAttempt(
  sql: SqlRunner,
  lease: { readonly customerId: string; readonly holder: string },
  { position, attempts }: CallbackAttempt,
  end:
    | { readonly state: "delivered" }
    | { readonly state: "dead"; readonly error: FailureNote }
    | { readonly state: "waiting"; readonly error: FailureNote; readonly retrySeconds: number },
): Promise<void> {
  const error = end.state === "delivered" ? null : JSON.stringify(end.error);
  const retrySeconds = end.state === "waiting" ? end.retrySeconds : null;
  // What succeeded has succeeded. A failure counts only if nobody else has begun another attempt since.
  await sql.query(
    `WITH freed AS (DELETE FROM tollgate.callback_leases WHERE customer_id = $1 AND holder = $2::uuid)
     UPDATE tollgate.callbacks SET state = $5, last_error = coalesce($6::jsonb, last_error),
       next_attempt_at = coalesce(now() + $7::double precision * interval '1 second', next_attempt_at),
       finished_at = CASE WHEN $5 = 'waiting' THEN NULL ELSE now() END
     WHERE position = $3::bigint AND state = 'waiting' AND ($5 = 'delivered' OR attempts = $4::integer)`,
    [lease.customerId, lease.holder, position, attempts, end.state, error, retrySeconds],
    "tollgate_end_callback",
  );
}

/** What is kept of an error. */
export interface FailureNote {
  readonly name: string;
  readonly message: string;
}

export async function releaseLease(
  sql: SqlRunner,
  lease: { readonly customerId: string; readonly holder: string },
): Promise<void> {
  await sql.query("DELETE FROM tollgate.callback_leases WHERE customer_id = $1 AND holder = $2::uuid", [
    lease.customerId,
    lease.holder,
  ]);
}

/**
 * Customers whose callbacks have long been due though nobody runs them: their job is gone, for example because it was
 * deleted by hand, or because the clock of the database was set back.
 */
export async function listForgottenCustomers(sql: SqlRunner, seconds: number): Promise<readonly string[]> {
  const rows = await sql.query<{ readonly customerId: string }>(
    `SELECT customer_id AS "customerId" FROM (
       SELECT DISTINCT ON (customer_id) customer_id, next_attempt_at FROM tollgate.callbacks
       WHERE state = 'waiting' ORDER BY customer_id, position
     ) AS head
     WHERE next_attempt_at < now() - $1::integer * interval '1 second' AND NOT EXISTS (
       SELECT FROM tollgate.callback_leases AS lease
       WHERE lease.customer_id = head.customer_id AND lease.expires_at > now()
     )
     ORDER BY next_attempt_at LIMIT 100`,
    [seconds],
  );
  return rows.map(({ customerId }) => customerId);
}
