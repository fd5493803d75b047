import { callbackTypes, type StoreHealth, type UnheardType } from "@tollgate/core";
import { isoTime } from "../driver/iso-time.js";
import type { SqlRunner } from "../driver/sql-driver.js";
import { isHeard } from "../outbox/hear-types.js";

interface Row {
  readonly unmatched: string;
  readonly failed: string;
  readonly givenUp: string;
  readonly oldestReceivedAt: Date | string | null;
  readonly waiting: string;
  readonly dead: string;
  readonly oldestWaitingAt: Date | string | null;
  readonly failing: string;
  readonly oldestUsedAt: Date | string | null;
}

/** Each count walks a small partial index: what is settled is not looked at. */
export async function readHealth(sql: SqlRunner): Promise<StoreHealth> {
  const [row] = await sql.query<Row>(`
    SELECT
      (SELECT count(*) FROM tollgate.events WHERE state = 'unmatched') AS unmatched,
      (SELECT count(*) FROM tollgate.events WHERE state = 'failed' AND next_attempt_at IS NOT NULL) AS failed,
      (SELECT count(*) FROM tollgate.events WHERE state = 'failed' AND next_attempt_at IS NULL) AS "givenUp",
      (SELECT ${isoTime("min(received_at)")} FROM tollgate.events WHERE state = 'received') AS "oldestReceivedAt",
      (SELECT count(*) FROM tollgate.callbacks WHERE state = 'waiting') AS waiting,
      (SELECT count(*) FROM tollgate.callbacks WHERE state = 'dead') AS dead,
      (SELECT ${isoTime("min(created_at)")} FROM tollgate.callbacks WHERE state = 'waiting') AS "oldestWaitingAt",
      (SELECT count(*) FROM tollgate.usage_reports
        WHERE used_at IS NOT NULL AND told_at IS NULL AND error IS NOT NULL) AS failing,
      (SELECT ${isoTime("min(used_at)")} FROM tollgate.usage_reports
        WHERE used_at IS NOT NULL AND told_at IS NULL) AS "oldestUsedAt"`);
  if (row === undefined) throw new Error("The health of the store was not read.");
  return {
    events: {
      unmatched: Number(row.unmatched),
      failed: Number(row.failed),
      givenUp: Number(row.givenUp),
      oldestReceivedAt: toIsoTime(row.oldestReceivedAt),
    },
    callbacks: {
      waiting: Number(row.waiting),
      dead: Number(row.dead),
      oldestWaitingAt: toIsoTime(row.oldestWaitingAt),
      unheard: await listUnheard(sql),
    },
    usage: { failing: Number(row.failing), oldestUsedAt: toIsoTime(row.oldestUsedAt) },
  };
}

/** One look into an index for each type. */
async function listUnheard(sql: SqlRunner): Promise<readonly UnheardType[]> {
  const rows = await sql.query<{ readonly type: string; readonly heardAt: Date | string | null }>(
    `SELECT every.type, ${isoTime("told.heard_at")} AS "heardAt"
     FROM (SELECT unnest($1::text[]) AS type UNION SELECT type FROM tollgate.callback_types) AS every
     LEFT JOIN tollgate.callback_types AS told ON told.type = every.type
     WHERE NOT ${isHeard("every.type")}
       AND EXISTS (SELECT FROM tollgate.callbacks WHERE state = 'unheard' AND callbacks.type = every.type)
     ORDER BY every.type`,
    [callbackTypes],
  );
  return rows.map(({ type, heardAt }) => ({ type, heardAt: toIsoTime(heardAt) }));
}

function toIsoTime(time: Date | string | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
