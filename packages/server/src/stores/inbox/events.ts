import {
  billingEventTypes,
  type EventCommands,
  type EventInbox,
  type EventRecord,
  packRecord,
} from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";
import { type EventRow, eventColumns, toRecord } from "./event-row.js";

export async function findEvent(sql: SqlRunner, id: string, provider: string): Promise<EventRecord | null> {
  const [row] = await sql.query<EventRow>(
    `SELECT ${eventColumns} FROM tollgate.events e WHERE provider = $1 AND id = $2`,
    [provider, id],
  );
  return row === undefined ? null : toRecord(row);
}

export async function keepEvent(
  sql: SqlRunner,
  ...[head, kept]: Parameters<EventCommands["keepEvent"]>
): Promise<boolean> {
  const { state, reason, event, attempts, nextAttemptAt } = kept;
  const rows = await sql.query(
    `INSERT INTO tollgate.events AS stored
       (provider, id, type, occurred_at, received_at, provider_customer_id, subscription_id,
        state, reason, event, attempts, next_attempt_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11, $12)
     ON CONFLICT (provider, id) DO UPDATE SET
       type = excluded.type,
       provider_customer_id = coalesce(excluded.provider_customer_id, stored.provider_customer_id),
       subscription_id = coalesce(excluded.subscription_id, stored.subscription_id),
       state = excluded.state, reason = excluded.reason, event = excluded.event,
       attempts = greatest(stored.attempts, excluded.attempts), next_attempt_at = excluded.next_attempt_at
     WHERE stored.state IN ('received', 'unmatched', 'failed')
     RETURNING 1 AS kept`,
    [
      head.provider,
      head.id,
      head.type,
      head.occurredAt,
      head.receivedAt,
      head.providerCustomerId,
      head.subscriptionId,
      state,
      reason,
      JSON.stringify(packRecord("event", event)),
      attempts,
      nextAttemptAt,
    ],
    "tollgate_keep_event",
  );
  return rows.length === 1;
}

export async function setUnmatchedReason(
  sql: SqlRunner,
  { provider, providerCustomerId, reason }: Parameters<EventCommands["explainUnmatched"]>[0],
): Promise<void> {
  await sql.query(
    `UPDATE tollgate.events SET reason = $3
     WHERE provider_customer_id = $1 AND provider = $2 AND state = 'unmatched'`,
    [providerCustomerId, provider, reason],
  );
}

export async function listUnmatchedEvents(
  sql: SqlRunner,
  providerCustomerId: string,
  provider: string,
): Promise<readonly EventRecord[]> {
  const rows = await sql.query<EventRow>(
    `SELECT ${eventColumns} FROM tollgate.events e
     WHERE provider_customer_id = $1 AND provider = $2 AND state = 'unmatched' AND type = ANY($3::text[])
     ORDER BY occurred_at, position`,
    [providerCustomerId, provider, billingEventTypes],
  );
  return rows.map(toRecord);
}

/**
 * Each way of being due has its own partial index. What another instance holds is left to it, and an event of a type
 * that only a later release knows is left alone too.
 */
export async function takeDueEvents(
  sql: SqlRunner,
  { now, until, limit }: Parameters<EventInbox["takeDueEvents"]>[0],
): Promise<readonly EventRecord[]> {
  const rows = await sql.query<EventRow>(
    `WITH due AS (
       SELECT provider, id FROM tollgate.events WHERE next_attempt_at <= $1 AND type = ANY($4::text[])
       ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED
     ), matched AS (
       SELECT w.provider, w.id FROM tollgate.events w
       JOIN tollgate.customers c
         ON c.provider = w.provider AND c.provider_customer_id = w.provider_customer_id
       WHERE w.state = 'unmatched' AND w.type = ANY($4::text[]) LIMIT $3 FOR UPDATE OF w SKIP LOCKED
     ), taken AS (
       UPDATE tollgate.events e SET state = 'received', attempts = attempts + 1, next_attempt_at = $2
       FROM (SELECT provider, id FROM due UNION SELECT provider, id FROM matched LIMIT $3) AS ready
       WHERE e.provider = ready.provider AND e.id = ready.id
       RETURNING ${eventColumns}, e.occurred_at AS place, position
     )
     SELECT * FROM taken ORDER BY place, position`,
    [now, until, limit, billingEventTypes],
  );
  return rows.map(toRecord);
}

export async function deleteEvents(
  sql: SqlRunner,
  { settledBefore, unsettledBefore, limit }: Parameters<EventInbox["pruneEvents"]>[0],
): Promise<number> {
  // What was settled before a moment also arrived before it: the index on arrivals finds it.
  const pruned = await sql.query(
    `DELETE FROM tollgate.events WHERE (provider, id) IN (
       SELECT provider, id FROM tollgate.events
       WHERE received_at < $1 AND (settled_at < $1 OR (settled_at IS NULL AND received_at < $2))
       ORDER BY received_at, position LIMIT $3 FOR UPDATE SKIP LOCKED
     ) RETURNING 1 AS pruned`,
    [settledBefore, unsettledBefore, limit],
  );
  return pruned.length;
}
