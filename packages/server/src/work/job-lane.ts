import type { TakenJob } from "@tollgate/core";
import { makeAttempt, tellEnd } from "./attempt.js";
import type { Work } from "./work.js";
import type { Lane } from "./work-pool.js";

/** How many jobs run at once in one process. */
const atOnce = 4;
/** How often a scheduled job is tried: it comes up again anyway. */
const mostScheduled = 4;

export function jobLane(work: Work): Lane {
  return {
    kind: "jobs",
    size: atOnce,
    async fetch(limit) {
      // A job that ends itself in time is over well before others may have it.
      const leaseSeconds = Math.ceil(work.timing.jobSeconds * 1.1);
      const jobs = await work.store.takeJobs({ limit, leaseSeconds });
      return jobs.map((taken) => () => performJob(work, taken));
    },
  };
}

async function performJob(work: Work, taken: TakenJob): Promise<void> {
  const { store, timing, handlers, stopping } = work;
  const { job, attempts, scheduled } = taken;
  const seconds = timing.jobSeconds;
  // A little before it is cut off, so that it can end by itself.
  const hurry = startHurry(seconds * 900, stopping);
  const most = Math.min(timing.retryLimit + 1, scheduled ? mostScheduled : Number.POSITIVE_INFINITY);
  const run = async () => handlers.runJob(job, hurry.signal);
  const subject = { what: "The job", type: job.type, callbackId: null };
  const attempted = await makeAttempt(work, { ...subject, attempts, most, seconds, run });
  hurry.end();
  await store.endJob(taken, attempted.end);
  tellEnd(work, "jobs", attempted);
}

/** Tells the work that its time is nearly up. */
interface Hurry {
  readonly signal: AbortSignal;
  /** The work has ended: it is told nothing more. */
  end(): void;
}

/**
 * A signal that aborts after this many milliseconds, or with `stopping`. Held by its own timer: Node may let go of an
 * `AbortSignal.any` over an `AbortSignal.timeout` before it aborts (https://github.com/nodejs/node/issues/57736).
 */
function startHurry(milliseconds: number, stopping: AbortSignal): Hurry {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, milliseconds);
  stopping.addEventListener("abort", abort);
  if (stopping.aborted) abort();
  return {
    signal: controller.signal,
    end() {
      clearTimeout(timer);
      stopping.removeEventListener("abort", abort);
    },
  };
}
