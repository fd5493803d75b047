import type { StoreHealth } from "@tollgate/core";
import type { SqlRunner } from "./sql-driver.js";

interface Row {
  readonly unmatched: string;
  readonly failed: string;
  readonly givenUp: string;
  readonly oldestReceivedAt: Date | string | null;
  readonly waiting: string;
  readonly dead: string;
  readonly oldestWaitingAt: Date | string | null;
}

/** Each count walks a small partial index: what is settled is not looked at. */
export async function readHealth(sql: SqlRunner): Promise<StoreHealth> {
  const [row] = await sql.query<Row>(`
    SELECT
      (SELECT count(*) FROM tollgate.events WHERE state = 'unmatched') AS unmatched,
      (SELECT count(*) FROM tollgate.events WHERE state = 'failed' AND next_attempt_at IS NOT NULL) AS failed,
      (SELECT count(*) FROM tollgate.events WHERE state = 'failed' AND next_attempt_at IS NULL) AS "givenUp",
      (SELECT min(received_at) FROM tollgate.events WHERE state = 'received') AS "oldestReceivedAt",
      (SELECT count(*) FROM tollgate.callbacks WHERE state = 'waiting') AS waiting,
      (SELECT count(*) FROM tollgate.callbacks WHERE state = 'dead') AS dead,
      (SELECT min(created_at) FROM tollgate.callbacks WHERE state = 'waiting') AS "oldestWaitingAt"`);
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
    },
  };
}

function toIsoTime(time: Date | string | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
