import type {
  Callback,
  CallbackData,
  CallbackHandlers,
  CallbackType,
  Job,
  JobFailure,
  JobHandlers,
} from "@tollgate/core";
import { isOutdated } from "../dunning/is-outdated.js";
import type { LoopWatch } from "../health/loop-watch.js";
import { describeError, type Logger } from "../log/logger.js";
import { observeRun } from "../telemetry/observe-run.js";
import type { Telemetry } from "../telemetry/telemetry.js";
import type { JobContext } from "./job-handler.js";
import { jobHandlers } from "./job-handlers.js";

/** What the background work is wired with. */
export interface JobParts {
  /** Opens the store, once for each job. */
  readonly open: () => Promise<JobContext>;
  readonly on: CallbackHandlers;
  readonly loops: Pick<LoopWatch, "observe">;
  readonly logger: Logger;
  readonly telemetry: Telemetry;
}

/** What the background work calls: the app's callbacks, our jobs, and the log for failures. */
export function createJobRunner(parts: JobParts): JobHandlers {
  const { on, telemetry } = parts;
  const handlers: { readonly [type: string]: unknown } = on;
  const callbackTypes = Object.keys(handlers).filter((type) => handlers[type] !== undefined);
  return {
    callbackTypes,
    runCallback:
      callbackTypes.length > 0
        ? (callback) =>
            observeRun(
              telemetry,
              { name: "tollgate.callback", metric: "tollgate.callback.runs", type: callback.type },
              () => runCallback(parts, callback),
            )
        : null,
    runJob: (job, signal) =>
      observeRun(telemetry, { name: "tollgate.job", metric: "tollgate.job.runs", type: job.type }, () =>
        runJob(parts, job, signal),
      ),
    onFailure: (failure) => logFailure(parts, failure),
  };
}

/** A callback whose type and data are known to belong together. */
interface CallbackOf<T extends CallbackType> {
  readonly id: string;
  readonly type: T;
  readonly data: CallbackData[T];
}

/**
 * Runs the app's own function for a callback from the outbox. What it throws rises, so that the outbox retries later;
 * the webhook that caused it was answered long ago.
 */
async function runCallback<T extends CallbackType>(
  { on, open }: Pick<JobParts, "on" | "open">,
  callback: CallbackOf<T> & Callback,
): Promise<void> {
  const { id, type, data }: CallbackOf<T> = callback;
  const handler: CallbackHandlers[T] | undefined = Object.hasOwn(on, type) ? on[type] : undefined;
  // Another instance, of another release, may have it: the outbox will ask again.
  if (handler === undefined) throw new Error(`This process has no callback for ${type}.`);
  if (await isOutdated(callback, open)) return;
  await handler(data, { id });
}

type AnyHandler = (context: JobContext, job: never, signal: AbortSignal) => Promise<void>;

async function runJob({ open, loops }: JobParts, job: Job, signal: AbortSignal): Promise<void> {
  const handlers: { readonly [type: string]: AnyHandler } = jobHandlers;
  const handler = Object.hasOwn(handlers, job.type) ? handlers[job.type] : undefined;
  // Enqueued by an instance of another release; one of those may pick it up.
  if (handler === undefined) throw new Error(`This process has no job of the type ${job.type}.`);
  const loop = `job ${job.type}`;
  try {
    await handler(await open(), job as never, signal);
  } catch (error) {
    loops.observe(loop, error);
    throw error;
  }
  loops.observe(loop, null);
}

function logFailure({ logger }: JobParts, failure: JobFailure): void {
  const { type, callbackId, attempts, final, error } = failure;
  const what = callbackId === null ? `The job ${type}` : `The callback for ${type}`;
  const outcome = final ? "failed at every attempt and was put aside" : "failed; it will be tried again";
  const id = callbackId === null ? {} : { callbackId };
  logger.error({ ...id, type, attempts, final, error: describeError(error) }, `${what} ${outcome}`);
}
