import { BillingError, type EventPage, type EventReads } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";
import { type EventRow, eventColumns, toRecord } from "./event-row.js";

type PlacedRow = EventRow & { readonly place: string };

/** Where a page ends: the time of arrival, and the position among those of the same millisecond. */
const place = `(extract(epoch FROM e.received_at) * 1000)::bigint || '.' || e.position`;

/** One index serves what is unsettled, another one all the rest: the statement says which one it needs. */
const unsettled: ReadonlySet<string> = new Set(["received", "unmatched", "failed"]);

export async function readEventPage(
  sql: SqlRunner,
  { state, after, limit }: Parameters<EventReads["listEvents"]>[0],
): Promise<EventPage> {
  const [time, position] = after === undefined ? [null, null] : readCursor(after);
  const rows = await sql.query<PlacedRow>(
    `SELECT ${eventColumns}, ${place} AS place FROM tollgate.events e
     WHERE ($1::text IS NULL OR state = $1)
       ${state !== undefined && unsettled.has(state) ? "AND state IN ('received', 'unmatched', 'failed')" : ""}
       AND ($2::timestamptz IS NULL OR (received_at, position) < ($2, $3::bigint))
     ORDER BY received_at DESC, position DESC LIMIT $4`,
    [state ?? null, time, position, limit + 1],
  );
  const page = rows.slice(0, limit);
  return {
    events: page.map(toRecord),
    next: rows.length > limit ? (page.at(-1)?.place ?? null) : null,
  };
}

const lastMillisecond = Date.parse("9999-12-31T23:59:59.999Z");

/** @throws BillingError `invalid_query` */
export function readCursor(after: string): readonly [time: string, position: string] {
  const [, milliseconds, position] = /^(\d{1,15})\.(\d{1,18})$/.exec(after) ?? [];
  // After the year 9999 dates and databases no longer write times alike.
  if (milliseconds === undefined || position === undefined || Number(milliseconds) > lastMillisecond) {
    throw new BillingError("invalid_query", "`after` is not the `next` of a page of events.");
  }
  return [new Date(Number(milliseconds)).toISOString(), position];
}
