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
  /** Aborted when nothing more should begin. */
  readonly stopping: AbortSignal;
  /** Aborted a moment later: what is still running then is released, for somebody else to begin again. */
  readonly abandoned: AbortSignal;
  /** Counts what was done. */
  readonly tally: { callbacks: number; jobs: number; failed: number };
}
