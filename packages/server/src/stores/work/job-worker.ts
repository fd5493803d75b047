import { setMaxListeners } from "node:events";
import type { JobHandlers, JobReport, JobSchedule } from "@tollgate/core";
import type PgBoss from "pg-boss";
import type { TellTurn } from "../driver/loops.js";
import type { SqlRunner } from "../driver/sql-driver.js";
import { createBell } from "../jobs/bell.js";
import type { CallbackTiming } from "../jobs/callback-timing.js";
import type { JobWork } from "../jobs/job-work.js";
import { createWorkPool, type WorkPool } from "../jobs/work-pool.js";
import { jobLanes } from "./job-lanes.js";
import { keepUp } from "./keep-up.js";

/** A worker's tools. */
export interface WorkerParts {
  readonly engine: PgBoss;
  readonly sql: SqlRunner;
  readonly timing: CallbackTiming;
  readonly handlers: JobHandlers;
  readonly schedule: readonly JobSchedule[];
  readonly tellTurn: TellTurn;
}

export interface JobWorker {
  /** Looks for work now instead of at the next poll. */
  wake(): void;
  /** Begins nothing more, waits a moment for what is running, then releases it. */
  stop(): Promise<void>;
}

/**
 * Works until stopped. The engine's own worker would not do: it reports an outcome without waiting for the report, so
 * that a lost connection becomes an unhandled rejection.
 */
export function startJobWorker(parts: WorkerParts): JobWorker {
  const { timing, schedule, tellTurn } = parts;
  const bell = createBell();
  const { work, stop } = openWork(parts);
  const pool = createWorkPool(jobLanes(work), bell.ring, tellTurn);
  let keptUpAt = Number.NEGATIVE_INFINITY;

  async function turn(): Promise<number> {
    if (performance.now() - keptUpAt >= timing.maintenanceMs) {
      keptUpAt = performance.now();
      // What is already waiting is done all the same.
      await keepUp(work, schedule).then(
        () => tellTurn("upkeep", null),
        (error: unknown) => tellTurn("upkeep", error),
      );
    }
    return pool.pull();
  }

  /** While the database is down there is nothing to do but try again, and say so. */
  async function tryTurn(): Promise<number> {
    try {
      const begun = await turn();
      tellTurn("jobs", null);
      return begun;
    } catch (error) {
      tellTurn("jobs", error);
      return 0;
    }
  }

  async function loop(): Promise<void> {
    while (!work.stopping.aborted) {
      const begun = await tryTurn();
      if (begun === 0) await bell.waitFor(timing.pollMs);
    }
  }

  const looping = loop();
  return {
    wake: bell.ring,
    async stop() {
      const stopped = stop(() => looping.then(pool.finished), timing.stopMs, timing.stopMs);
      bell.ring();
      await stopped;
    },
  };
}

/** The parts of a pass after which no more work is begun, and what is running is released. */
const shares = { begin: 0.8, run: 0.95 };

/**
 * Does what is due until nothing is, or the time is up.
 *
 * @throws BillingError `store_unavailable`
 */
export async function runJobPass(parts: WorkerParts, until: Date): Promise<JobReport> {
  const { work, stop } = openWork(parts);
  const pool = createWorkPool(jobLanes(work), () => undefined, parts.tellTurn);
  const startedAt = performance.now();
  const duration = until.getTime() - Date.now();
  const left = (share: number) => startedAt + duration * share - performance.now();
  await keepUp(work, parts.schedule);
  const done = await pullUntilIdle(pool, () => left(shares.begin));
  await stop(pool.finished, left(shares.run), duration * (1 - shares.run));
  return { ...work.tally, done };
}

async function pullUntilIdle(pool: WorkPool, left: () => number): Promise<boolean> {
  while (left() > 0) {
    if ((await pool.pull()) > 0) continue;
    if (pool.size === 0) return true;
    await within(pool.next(), left());
  }
  return false;
}

function openWork(parts: WorkerParts) {
  const stopping = new AbortController();
  const abandoned = new AbortController();
  // Each job in progress listens to both, and there are more of them than Node takes for a leak.
  setMaxListeners(0, stopping.signal, abandoned.signal);
  const work: JobWork = {
    ...parts,
    stopping: stopping.signal,
    abandoned: abandoned.signal,
    tally: { callbacks: 0, jobs: 0, failed: 0 },
  };
  async function stop(finished: () => Promise<void>, runMs: number, giveBackMs: number): Promise<void> {
    stopping.abort();
    await within(finished(), runMs);
    abandoned.abort();
    // While the database is down it does not get that far.
    await within(finished(), giveBackMs);
  }
  return { work, stop };
}

async function within(work: Promise<void>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, milliseconds));
  });
  await Promise.race([work, timeout]);
  clearTimeout(timer);
}
