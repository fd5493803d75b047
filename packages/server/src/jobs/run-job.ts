import type { Job, JobFailure, JobHandlers } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { describeError } from "../log/logger.js";
import { runCallback } from "../outbox/run-callback.js";
import { observeRun } from "../telemetry/observe-run.js";
import { jobHandlers } from "./job-handlers.js";

/** What the store's engine calls: the app's callbacks, our jobs, and the log for what fails. */
export function createJobRunner(context: BillingContext): JobHandlers {
  const handlers: { readonly [type: string]: unknown } = context.on;
  const callbackTypes = Object.keys(handlers).filter((type) => handlers[type] !== undefined);
  return {
    callbackTypes,
    runCallback:
      callbackTypes.length > 0
        ? (callback) =>
            observeRun(
              context.telemetry,
              { name: "tollgate.callback", metric: "tollgate.callback.runs", type: callback.type },
              () => runCallback(context.on, callback),
            )
        : null,
    runJob: (job, signal) =>
      observeRun(
        context.telemetry,
        { name: "tollgate.job", metric: "tollgate.job.runs", type: job.type },
        () => runJob(context, job, signal),
      ),
    onFailure: (failure) => logFailure(context, failure),
  };
}

type AnyHandler = (context: BillingContext, job: never, signal: AbortSignal) => Promise<void>;

async function runJob(context: BillingContext, job: Job, signal: AbortSignal): Promise<void> {
  const handlers: { readonly [type: string]: AnyHandler } = jobHandlers;
  const handler = Object.hasOwn(handlers, job.type) ? handlers[job.type] : undefined;
  // Put in by an instance of another release; one of those may come by.
  if (handler === undefined) throw new Error(`This process has no job of the type ${job.type}.`);
  const loop = `job ${job.type}`;
  try {
    await handler(context, job as never, signal);
  } catch (error) {
    context.loops.observe(loop, error);
    throw error;
  }
  context.loops.observe(loop, null);
}

function logFailure({ logger }: BillingContext, failure: JobFailure): void {
  const { type, callbackId, attempts, final, error } = failure;
  const what = callbackId === null ? `The job ${type}` : `The callback for ${type}`;
  const outcome = final ? "failed at every attempt and was put aside" : "failed; it will be tried again";
  const id = callbackId === null ? {} : { callbackId };
  logger.error({ ...id, type, attempts, final, error: describeError(error) }, `${what} ${outcome}`);
}
