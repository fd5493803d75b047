import { addDays } from "@tollgate/core";
import type { JobContext } from "./job-handler.js";

/** Small, so that no statement holds many locks for long. */
const batchSize = 1000;
/**
 * What nobody could settle, or what failed at every attempt and may still be replayed, is kept this many times as long.
 */
const unsettledFactor = 4;
/**
 * What no instance had a function for is kept for this many days: over a weekend somebody may notice that a release
 * went out without it. An app that never listens keeps no more than that.
 */
const unheardDays = 3;

/** Deletes events, callbacks, usage keys, reports, settled holds and history that are older than their retention. */
export async function prune(
  context: Pick<JobContext, "store" | "clock" | "logger" | "eventRetentionDays" | "historyRetentionDays">,
): Promise<void> {
  const { store, eventRetentionDays: days } = context;
  const now = context.clock().toISOString();
  const oldest = addDays(now, -days);
  const oldestUnsettled = addDays(now, -days * unsettledFactor);
  await store.pruneRateLimits();
  await store.pruneAttempts();
  const events = await inBatches((limit) =>
    store.pruneEvents({ settledBefore: oldest, unsettledBefore: oldestUnsettled, limit }),
  );
  const unheardBefore = addDays(now, -unheardDays);
  const callbacks = await inBatches((limit) =>
    store.pruneCallbacks({ deliveredBefore: oldest, deadBefore: oldestUnsettled, unheardBefore, limit }),
  );
  // The counts stay.
  const keys = await inBatches((limit) => store.pruneUsageKeys({ before: oldest, limit }));
  const reports = await inBatches((limit) => store.pruneUsageReports({ toldBefore: oldest, limit }));
  // A period that a change cut short may be continued by one that lasts a year.
  const uses = await inBatches((limit) => store.pruneMemberUse({ endedBefore: oldestUnsettled, limit }));
  const { historyRetentionDays } = context;
  const before = historyRetentionDays === null ? null : addDays(now, -historyRetentionDays);
  const history = before === null ? 0 : await inBatches((limit) => store.pruneHistory({ before, limit }));
  const holds = await inBatches((limit) => store.pruneCreditsHolds({ settledBefore: oldest, limit }));
  const pruned = events + callbacks + keys + reports + uses + history + holds;
  if (pruned > 0)
    context.logger.info(
      { pruned },
      "Old events, callbacks, usage keys, reports, holds and history were deleted",
    );
}

async function inBatches(prune: (limit: number) => Promise<number>): Promise<number> {
  let pruned = 0;
  for (;;) {
    const batch = await prune(batchSize);
    pruned += batch;
    if (batch < batchSize) return pruned;
  }
}
