import { pruneCallbacks } from "../callbacks/prune-callbacks.js";
import type { JobHandler } from "../jobs/job-handler.js";
import { pruneUsageKeys } from "../usage/prune-usage-keys.js";
import { pruneEvents } from "./prune-events.js";
import { retryEvents } from "./retry-events.js";

/** So few that a round is over before others may take the same events up. */
const batchSize = 20;

/** Tries what is due, batch after batch: what fails comes up again later by itself. */
export const runRetryEvents: JobHandler<"retry_events"> = async (context, _job, signal) => {
  for (;;) {
    const { settled, failed } = await retryEvents(context, { limit: batchSize });
    if (settled + failed < batchSize || signal.aborted) return;
  }
};

/** Deletes events, callbacks and usage keys that are older than the retention, and counts that count no more. */
export const runPrune: JobHandler<"prune"> = async (context) => {
  const store = await context.openStore();
  await store.pruneRateLimits();
  await store.pruneAttempts();
  const pruned =
    (await pruneEvents(context)) + (await pruneCallbacks(context)) + (await pruneUsageKeys(context));
  if (pruned > 0) context.logger.info({ pruned }, "Old events, callbacks and usage keys were deleted");
};
