import { randomUUID } from "node:crypto";
import { type Callback, type CallbackQueue, type TakenCallback, unpackRecord } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";

interface Row {
  readonly customerId: string;
  /** `null`: the lease is ours, but the callback had just been dealt with. */
  readonly id: string | null;
  readonly type: string;
  readonly data: object;
  readonly attempts: number;
}

/**
 * The index on what is due gives the candidates, so that what is not due costs nothing, however much of it there is.
 * The statement may have begun before a lease became free, and then sees a callback that has been dealt with by now: an
 * update looks at the row as it is, so it changes nothing.
 */
const take = `
  WITH due AS MATERIALIZED (
    SELECT position, customer_id FROM tollgate.callbacks AS one
    WHERE state = 'waiting' AND next_attempt_at <= now() AND type = ANY($1::text[])
      AND NOT EXISTS (
        SELECT FROM tollgate.callback_leases AS held
        WHERE held.customer_id = one.customer_id AND held.expires_at > now()
      )
      AND NOT EXISTS (
        SELECT FROM tollgate.callbacks AS ahead
        WHERE ahead.customer_id = one.customer_id AND ahead.state = 'waiting' AND ahead.position < one.position
      )
    ORDER BY next_attempt_at LIMIT $2::integer
    FOR UPDATE OF one SKIP LOCKED
  ), leased AS (
    INSERT INTO tollgate.callback_leases AS held (customer_id, holder, expires_at)
    SELECT customer_id, $3::uuid, now() + $4::integer * interval '1 second' FROM due ORDER BY customer_id
    ON CONFLICT (customer_id) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
    WHERE held.expires_at <= now()
    RETURNING customer_id
  ), begun AS (
    UPDATE tollgate.callbacks AS one SET attempts = one.attempts + 1
    FROM due JOIN leased ON leased.customer_id = due.customer_id
    WHERE one.position = due.position AND one.state = 'waiting' AND one.next_attempt_at <= now()
    RETURNING one.position, one.customer_id, one.id, one.type, one.data, one.attempts
  )
  SELECT leased.customer_id AS "customerId", begun.id, begun.type, begun.data, begun.attempts
  FROM leased LEFT JOIN begun ON begun.customer_id = leased.customer_id
  ORDER BY begun.position`;

export async function takeCallbacks(
  sql: SqlRunner,
  { types, limit, leaseSeconds }: Parameters<CallbackQueue["takeCallbacks"]>[0],
): Promise<readonly TakenCallback[]> {
  for (;;) {
    const lease = randomUUID();
    const rows = await sql.query<Row>(take, [types, limit, lease, leaseSeconds], "tollgate_take_callbacks");
    const taken = rows.flatMap(({ id, type, data, attempts }) => {
      if (id === null) return [];
      // Written by `enqueueCallbacks` and read back from our own store.
      const callback = { id, type, data: unpackRecord("callback", data) } as Callback;
      return [{ callback, attempts, lease }];
    });
    const missed = rows.filter(({ id }) => id === null).map(({ customerId }) => customerId);
    if (missed.length === 0) return taken;
    await sql.query(
      "DELETE FROM tollgate.callback_leases WHERE holder = $1::uuid AND customer_id = ANY($2::text[])",
      [lease, missed],
    );
    // Their next one may be due, and whoever had dealt with this one may not have seen that they were held by us.
    if (taken.length > 0) return taken;
  }
}
