import type { Job } from "@tollgate/core";
import type PgBoss from "pg-boss";
import { describeFailure } from "./describe-failure.js";
import { jobQueue } from "./enqueue-jobs.js";
import type { JobWork } from "./job-work.js";
import { withinSeconds } from "./within-seconds.js";

/** Does one job and tells the engine how it went: it tries again later, or puts the job aside. */
export async function performJob(work: JobWork, job: PgBoss.JobWithMetadata<Job>): Promise<void> {
  const { engine, timing, handlers, tally, stopping, abandoned } = work;
  const seconds = timing.jobSeconds;
  // A little before it is cut off, so that it can end by itself.
  const hurry = startHurry(seconds * 900, stopping);
  const run = async () => handlers.runJob(job.data, hurry.signal);
  try {
    const outcome = await withinSeconds(run(), { seconds, what: "The job", unless: abandoned });
    if (outcome === "abandoned") {
      await engine.fail(jobQueue, job.id, { message: "stopped before its end" });
      return;
    }
  } catch (error) {
    tally.failed += 1;
    await engine.fail(jobQueue, job.id, describeFailure(error));
    const final = job.retryCount >= job.retryLimit;
    const { type } = job.data;
    handlers.onFailure({ type, callbackId: null, error, attempts: job.retryCount + 1, final });
    return;
  } finally {
    hurry.end();
  }
  await engine.complete(jobQueue, job.id);
  tally.jobs += 1;
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
