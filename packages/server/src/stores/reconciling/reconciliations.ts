import type { EventStanding, ReconcileRun, Reconciliations } from "@tollgate/core";
import { isoTime } from "../driver/iso-time.js";
import type { SqlDriver, SqlRunner } from "../driver/sql-driver.js";
import { readFacts, readStandings } from "./reconcile-facts.js";
import { listSeen, listUnseen } from "./reconcile-sightings.js";

const columns = `id::text AS id, provider, scope, repair, phase, cursor, checked, found, repaired,
  ${isoTime("started_at")} AS "startedAt", ${isoTime("finished_at")} AS "finishedAt"`;

type Row = { readonly [K in keyof ReconcileRun]: unknown } & Pick<
  ReconcileRun,
  "id" | "provider" | "scope" | "repair" | "phase" | "cursor"
>;

/** The store's part in comparing it with the provider. */
export function createReconciliations(sql: SqlDriver): Reconciliations {
  return {
    beginReconcile: (input) => sql.transaction((tx) => begin(tx, input)),
    advanceReconcile: (input) => advance(sql, input),
    async releaseReconcile(id, holder) {
      await sql.query(
        `UPDATE tollgate.reconciliations SET holder = NULL, held_until = NULL
         WHERE id = $1::bigint AND holder = $2`,
        [id, holder],
      );
    },
    async listFinishedReconciles(provider, limit) {
      const rows = await sql.query<Row>(
        `SELECT ${columns} FROM tollgate.reconciliations
         WHERE provider = $1 AND finished_at IS NOT NULL ORDER BY started_at DESC, id DESC LIMIT $2`,
        [provider, limit],
      );
      return rows.map(toRun);
    },
    readReconcileFacts: (input) => readFacts(sql, input),
    readEventStandings: (provider, ids): Promise<readonly EventStanding[]> =>
      readStandings(sql, provider, ids),
    listSeen: (runId, ids) => listSeen(sql, runId, ids),
    listUnseen: (input) => listUnseen(sql, input),
  };
}

async function begin(
  tx: SqlRunner,
  input: Parameters<Reconciliations["beginReconcile"]>[0],
): ReturnType<Reconciliations["beginReconcile"]> {
  const { provider, lane, scope, repair, holder, now, leaseSeconds, staleBefore, forgetBefore } = input;
  const lock = `reconcile:${provider}:${lane}`;
  await tx.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))::text", [lock]);
  const [other] = await tx.query(
    `SELECT 1 AS held FROM tollgate.reconciliations
     WHERE provider = $1 AND lane = $2 AND held_until > $3::timestamptz LIMIT 1`,
    [provider, lane, now],
  );
  if (other !== undefined) return null;
  await tx.query(
    `DELETE FROM tollgate.reconciliations WHERE provider = $1 AND started_at < $2::timestamptz
       AND (held_until IS NULL OR held_until <= $3::timestamptz)`,
    [provider, forgetBefore, now],
  );
  const [unfinished] = await tx.query<Row>(
    `UPDATE tollgate.reconciliations SET holder = $5, held_until = $6::timestamptz + $7 * interval '1 second'
     WHERE id = (SELECT id FROM tollgate.reconciliations
                 WHERE provider = $1 AND lane = $2 AND scope = $3 AND repair = $4
                   AND finished_at IS NULL AND started_at >= $8::timestamptz
                 ORDER BY started_at DESC, id DESC LIMIT 1)
     RETURNING ${columns}`,
    [provider, lane, scope, repair, holder, now, leaseSeconds, staleBefore],
  );
  if (unfinished !== undefined) return { run: toRun(unfinished), resumed: true };
  const [begun] = await tx.query<Row>(
    `INSERT INTO tollgate.reconciliations
       (provider, lane, scope, repair, phase, checked, found, repaired, started_at, holder, held_until)
     VALUES ($1, $2, $3, $4, 'provider', 0, 0, 0, $6, $5, $6::timestamptz + $7 * interval '1 second')
     RETURNING ${columns}`,
    [provider, lane, scope, repair, holder, now, leaseSeconds],
  );
  if (begun === undefined) throw new Error("A run was neither continued nor begun.");
  return { run: toRun(begun), resumed: false };
}

/** What was seen is no longer needed once the run is finished. */
async function advance(
  sql: SqlRunner,
  input: Parameters<Reconciliations["advanceReconcile"]>[0],
): Promise<boolean> {
  const { id, holder, now, leaseSeconds, progress, seen, finished } = input;
  const { phase, cursor, checked, found, repaired } = progress;
  const rows = await sql.query(
    `WITH run AS (
       UPDATE tollgate.reconciliations SET
         phase = $3, cursor = $4, checked = $5, found = $6, repaired = $7,
         finished_at = CASE WHEN $9::boolean THEN $8::timestamptz END,
         held_until = $8::timestamptz + $10 * interval '1 second'
       WHERE id = $1::bigint AND holder = $2 AND finished_at IS NULL
       RETURNING id
     ), kept AS (
       INSERT INTO tollgate.reconciliation_sightings (reconciliation_id, subscription_id)
       SELECT run.id, seen FROM run, unnest($11::text[]) AS seen WHERE NOT $9::boolean
       ON CONFLICT DO NOTHING
     ), dropped AS (
       DELETE FROM tollgate.reconciliation_sightings USING run
       WHERE reconciliation_id = run.id AND $9::boolean
     )
     SELECT id FROM run`,
    [id, holder, phase, cursor, checked, found, repaired, now, finished, leaseSeconds, [...new Set(seen)]],
  );
  return rows.length === 1;
}

// An app may have told `pg` to leave times and large numbers as text.
function toRun(row: Row): ReconcileRun {
  const toTime = (time: unknown) => new Date(time as Date | string).toISOString();
  return {
    ...row,
    checked: Number(row.checked),
    found: Number(row.found),
    repaired: Number(row.repaired),
    startedAt: toTime(row.startedAt),
    finishedAt: row.finishedAt === null ? null : toTime(row.finishedAt),
  };
}
