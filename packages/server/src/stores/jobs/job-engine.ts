import type PgBoss from "pg-boss";
import { ensureSchema } from "../driver/ensure-schema.js";
import type { SqlDriver, SqlRunner } from "../driver/sql-driver.js";

const schema = "tollgate_jobs";

/** In seconds. A period of the schedule can't be longer than its job's row is kept. */
const keepCompletedSeconds = 7 * 24 * 60 * 60;

const keepYears = 10;

/** The job engine over our own connection: no pool of its own, no timers. Loaded on first use. */
export async function createJobEngine(sql: SqlDriver): Promise<PgBoss> {
  return loadEngine(toEngineDb(sql, (text) => sql.transaction((tx) => tx.script(text))));
}

/**
 * Creates or updates the engine's tables, within our migration's transaction: the engine's own locks do not cover its
 * first steps, so several instances starting at once would fail. Returns an engine in that transaction.
 */
export async function installJobEngine(tx: SqlRunner): Promise<PgBoss> {
  await ensureSchema(tx, schema);
  const withoutSchema = (text: string) => text.replace(/CREATE SCHEMA IF NOT EXISTS \w+\s*;/, "");
  const engine = await loadEngine(toEngineDb(tx, (text) => tx.script(withoutSchema(text))));
  await engine.start();
  return engine;
}

/** Enqueues jobs within the transaction, in one statement. */
export async function insertJobs(
  engine: PgBoss,
  sql: SqlRunner,
  jobs: readonly PgBoss.JobInsert[],
): Promise<void> {
  const keepUntil = farAway();
  const kept = jobs.map((job) => ({ ...job, keepUntil }));
  await engine.insert(kept, { db: toEngineDb(sql, (text) => sql.script(text), "tollgate_insert_jobs") });
}

/**
 * Hands out jobs that are due. The engine takes every error of that statement for a lost race and hands out none, even
 * where it is refused each time, so the error is caught before the engine sees it.
 */
export async function fetchJobs<T extends object>(
  engine: PgBoss,
  sql: SqlRunner,
  queue: string,
  batchSize: number,
): Promise<readonly PgBoss.JobWithMetadata<T>[]> {
  const inner = toEngineDb(sql, (text) => sql.script(text));
  let failure: unknown = null;
  const db: PgBoss.Db = {
    executeSql: (text, values) =>
      inner.executeSql(text, values).catch((error: unknown) => {
        failure = error;
        throw error;
      }),
  };
  const jobs = await engine.fetch<T>(queue, { batchSize, includeMetadata: true, db });
  if (failure !== null && !isLostRace(failure)) throw failure;
  return jobs;
}

function isLostRace(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "23505";
}

/** The engine's default drops what has waited for two weeks, dead letters included. */
function farAway(): string {
  const time = new Date();
  time.setFullYear(time.getFullYear() + keepYears);
  return time.toISOString();
}

async function loadEngine(db: PgBoss.Db): Promise<PgBoss> {
  const { default: Engine } = await import("pg-boss");
  const archiveCompletedAfterSeconds = keepCompletedSeconds;
  return new Engine({ schema, db, supervise: false, schedule: false, archiveCompletedAfterSeconds });
}

/**
 * The engine sends some work as one text of several statements between BEGIN and COMMIT. If one failed there, it would
 * leave its connection in a failed transaction, so they run in one of ours.
 */
export function toEngineDb(
  sql: SqlRunner,
  runScript: (text: string) => Promise<void>,
  prepareAs?: string,
): PgBoss.Db {
  return {
    async executeSql(given, values) {
      const text = toReadable(given);
      if (values !== undefined && values.length > 0) {
        return { rows: [...(await sql.query(text, values.map(toParameter), prepareAs))] };
      }
      if (!/;\s*\S/.test(text)) return { rows: [...(await sql.query(text))] };
      await runScript(text.replace(/^\s*BEGIN;/, "").replace(/COMMIT;\s*$/, ""));
      return { rows: [] };
    },
  };
}

/** Drivers don't have to read `void`, `regclass` and intervals. */
function toReadable(text: string): string {
  return text
    .replace(/^\s*SELECT (\w+\.create_queue\(.*?\)|to_regclass\(.*?\))/, "SELECT $1::text")
    .replace(/\bexpire_in as /, "expire_in::text as ");
}

/** JSON is passed as text; the engine leaves that to `pg`. */
function toParameter(value: unknown): unknown {
  const isData =
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
  return isData ? JSON.stringify(value) : value;
}
