import { createHash } from "node:crypto";
import type { Callback } from "@tollgate/core";
import type PgBoss from "pg-boss";
import type { SqlRunner } from "../sql-driver.js";
import type { CallbackTiming } from "./callback-timing.js";

export const callbackQueue = "callbacks";
/** Where callbacks go that failed at every attempt. */
const deadCallbackQueue = "callbacks_dead";

const schema = "tollgate_jobs";

const keepYears = 10;

/** The job engine over our own connection: no pool of its own, no timers. Loaded on first use. */
export async function createJobEngine(sql: SqlRunner): Promise<PgBoss> {
  const { default: Engine } = await import("pg-boss");
  return new Engine({ schema, db: toEngineDb(sql), supervise: false, schedule: false });
}

/**
 * Creates or updates the engine's tables and our queues, within our migration's transaction: the engine's
 * own locks do not cover its first steps, so that several starters at once would fail.
 */
export async function installJobEngine(tx: SqlRunner): Promise<void> {
  const engine = await createJobEngine({
    query: (text, params) => tx.query(text, params),
    script: (text) => tx.script(text.replace(/^\s*BEGIN;/, "").replace(/COMMIT;\s*$/, "")),
  });
  await engine.start();
  await engine.createQueue(deadCallbackQueue);
  await engine.createQueue(callbackQueue, { name: callbackQueue, deadLetter: deadCallbackQueue });
}

/** Puts callbacks into the queue within the transaction. */
export async function insertCallbacks(
  engine: PgBoss,
  tx: SqlRunner,
  callbacks: readonly Callback[],
  timing: CallbackTiming,
): Promise<void> {
  const keepUntil = new Date();
  keepUntil.setFullYear(keepUntil.getFullYear() + keepYears);
  const jobs = callbacks.map((callback) => ({
    id: toJobId(callback.id),
    name: callbackQueue,
    data: callback,
    retryLimit: timing.retryLimit,
    retryDelay: timing.retryDelaySeconds,
    retryBackoff: timing.retryBackoff,
    expireInSeconds: timing.attemptSeconds,
    // The engine's default drops what has waited for two weeks, dead letters included.
    keepUntil: keepUntil.toISOString(),
    deadLetter: deadCallbackQueue,
  }));
  await engine.insert(jobs, { db: toEngineDb(tx) });
}

/** The same callback is the same job, so that putting it in twice leaves one. */
function toJobId(callbackId: string): string {
  const hex = createHash("sha256").update(callbackId).digest("hex");
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

// The engine sends its schema as one text of several statements, without parameters.
function toEngineDb(sql: SqlRunner): PgBoss.Db {
  return {
    async executeSql(text, values) {
      if (values !== undefined && values.length > 0) return { rows: [...(await sql.query(text, values))] };
      if (/;\s*\S/.test(text)) {
        await sql.script(text);
        return { rows: [] };
      }
      return { rows: [...(await sql.query(text))] };
    },
  };
}
