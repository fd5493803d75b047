import {
  type IsoTime,
  packRecord,
  type SeatReads,
  type SeatWrite,
  type StoredSeats,
  unpackRecord,
} from "@tollgate/core";
import { isoTime } from "../driver/iso-time.js";
import type { SqlRunner } from "../driver/sql-driver.js";

interface Row {
  readonly record: object;
  readonly dueAt: string | null;
  readonly revision: string;
}

const columns = `record, revision::text AS revision, ${isoTime("due_at")} AS "dueAt"`;

export function createSeatReads(sql: SqlRunner): SeatReads {
  return {
    async listSeats(customerId) {
      const rows = await sql.query<Row>(
        `SELECT ${columns} FROM tollgate.seats WHERE customer_id = $1 ORDER BY group_name COLLATE "C"`,
        [customerId],
        "tollgate_list_seats",
      );
      return rows.map(toStored);
    },
    async listDueSeats({ at, limit }) {
      const rows = await sql.query<Row>(
        `SELECT ${columns} FROM tollgate.seats WHERE due_at <= $1
         ORDER BY due_at, customer_id COLLATE "C", group_name COLLATE "C" LIMIT $2`,
        [at, limit],
      );
      return rows.map(toStored);
    },
  };
}

function toStored({ record, dueAt, revision }: Row): StoredSeats {
  return {
    record: unpackRecord("seats", record),
    dueAt: dueAt && new Date(dueAt).toISOString(),
    revision: Number(revision),
  };
}

/**
 * Has seats looked at again, of customers whose subscription was saved. Whoever looks at them at this moment, by what was
 * stored before, is overtaken.
 *
 * @param saved from where, and of whom since when
 */
export const seatsDue = (
  saved: string,
  { customerId, at }: { readonly customerId: string; readonly at: string },
) => `
  UPDATE tollgate.seats AS held SET due_at = least(held.due_at, ${at}), revision = held.revision + 1
  FROM ${saved} WHERE held.customer_id = ${customerId} AND ${at} IS NOT NULL
  RETURNING held.customer_id`;

const markDue = seatsDue("(VALUES ($1::text, $2::timestamptz)) AS saved (id, at)", {
  customerId: "saved.id",
  at: "saved.at",
});

/** @returns whether there are any */
export async function markSeatsDue(sql: SqlRunner, customerId: string, at: IsoTime): Promise<boolean> {
  return (await sql.query(markDue, [customerId, at], "tollgate_seats_due")).length > 0;
}

/** @returns whether nobody else had saved them */
export async function replaceSeats(
  sql: SqlRunner,
  { record, dueAt, expectedRevision }: Omit<SeatWrite, "callbacks">,
): Promise<boolean> {
  const { customerId, group, count } = record;
  const values = [customerId, group, count, dueAt, JSON.stringify(packRecord("seats", record))];
  const saved =
    expectedRevision === null
      ? await sql.query(
          `INSERT INTO tollgate.seats (customer_id, group_name, count, due_at, record)
           VALUES ($1, $2, $3, $4, $5::jsonb) ON CONFLICT DO NOTHING RETURNING 1 AS saved`,
          values,
        )
      : await sql.query(
          `UPDATE tollgate.seats SET count = $3, due_at = $4, record = $5::jsonb, revision = revision + 1
           WHERE customer_id = $1 AND group_name = $2 AND revision = $6::bigint RETURNING 1 AS saved`,
          [...values, expectedRevision],
        );
  return saved.length === 1;
}

/** Members go with the subscription; whoever has said how many there are is right. */
export async function moveSeats(
  sql: SqlRunner,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await sql.query(
    `INSERT INTO tollgate.seats (customer_id, group_name, count, due_at, revision, record)
     SELECT $2, group_name, count, due_at, revision + 1, jsonb_set(record, '{customerId}', to_jsonb($2::text))
     FROM tollgate.seats WHERE customer_id = $1 ON CONFLICT DO NOTHING`,
    [from, to],
  );
  await sql.query("DELETE FROM tollgate.seats WHERE customer_id = $1", [from]);
}
