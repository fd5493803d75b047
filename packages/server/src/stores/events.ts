import type { EventRecord, EventState } from "@tollgate/core";
import type { SqlRunner } from "./sql-driver.js";

const columns = `id, provider, type, occurred_at AS "occurredAt", state, received_at AS "receivedAt", unmatched`;

interface Row {
  readonly id: string;
  readonly provider: string;
  readonly type: string;
  readonly occurredAt: Date | string;
  readonly state: EventState;
  readonly receivedAt: Date | string;
  readonly unmatched: EventRecord["unmatched"];
}

export async function findEvent(sql: SqlRunner, id: string, provider: string): Promise<EventRecord | null> {
  const [row] = await sql.query<Row>(
    `SELECT ${columns} FROM tollgate.events WHERE provider = $1 AND id = $2`,
    [provider, id],
  );
  return row === undefined ? null : toRecord(row);
}

/** An insert that meets another transaction's uncommitted one waits for it. */
export async function claimEvent(sql: SqlRunner, event: EventRecord): Promise<boolean> {
  const { provider, id, type, occurredAt, state, receivedAt, unmatched } = event;
  const claimed = await sql.query(
    `INSERT INTO tollgate.events AS stored
       (provider, id, type, occurred_at, state, received_at, provider_customer_id, unmatched)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb)
     ON CONFLICT (provider, id) DO UPDATE SET
       type = excluded.type, occurred_at = excluded.occurred_at, state = excluded.state,
       received_at = excluded.received_at, provider_customer_id = excluded.provider_customer_id,
       unmatched = excluded.unmatched
     WHERE stored.state = 'unmatched'
     RETURNING id`,
    [
      provider,
      id,
      type,
      occurredAt,
      state,
      receivedAt,
      unmatched?.providerCustomerId ?? null,
      unmatched === null ? null : JSON.stringify(unmatched),
    ],
  );
  return claimed.length === 1;
}

export async function listUnmatchedEvents(
  sql: SqlRunner,
  providerCustomerId: string,
  provider: string,
): Promise<readonly EventRecord[]> {
  const rows = await sql.query<Row>(
    `SELECT ${columns} FROM tollgate.events
     WHERE provider_customer_id = $1 AND provider = $2 AND state = 'unmatched'
     ORDER BY occurred_at, position`,
    [providerCustomerId, provider],
  );
  return rows.map(toRecord);
}

// An app may have told `pg` to leave times as text.
function toRecord(row: Row): EventRecord {
  return {
    ...row,
    occurredAt: new Date(row.occurredAt).toISOString(),
    receivedAt: new Date(row.receivedAt).toISOString(),
  };
}
