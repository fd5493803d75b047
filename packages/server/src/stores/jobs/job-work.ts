import type { JobHandlers } from "@tollgate/core";
import type PgBoss from "pg-boss";
import type { SqlRunner } from "../driver/sql-driver.js";
import type { CallbackTiming } from "./callback-timing.js";

/** What everything that works on jobs works with. */
export interface JobWork {
  readonly engine: PgBoss;
  readonly sql: SqlRunner;
  readonly timing: CallbackTiming;
  readonly handlers: JobHandlers;
  /** Aborted when nothing more is to be begun. */
  readonly stopping: AbortSignal;
  /** Aborted a moment later: what still runs then is given back, for somebody else to begin again. */
  readonly abandoned: AbortSignal;
  /** Counts what was done. */
  readonly tally: { callbacks: number; jobs: number; failed: number };
}
