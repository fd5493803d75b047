import { addDays } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";

/** Small, so that no statement holds many locks for long. */
const batchSize = 1000;
/** What failed at every attempt may still be replayed, and is kept this many times as long as the rest. */
const deadFactor = 4;

/**
 * What no instance had a function for is kept for so many days: over a weekend somebody may notice that a release
 * went out without it. An app that never listens keeps no more than that.
 */
const unheardDays = 3;

/** Deletes the callbacks that are older than the retention of events; gives how many. */
export async function pruneCallbacks(context: BillingContext): Promise<number> {
  const { eventRetentionDays: days } = context;
  const store = await context.openStore();
  const now = context.clock().toISOString();
  const bounds = {
    deliveredBefore: addDays(now, -days),
    deadBefore: addDays(now, -days * deadFactor),
    unheardBefore: addDays(now, -unheardDays),
  };
  let pruned = 0;
  for (;;) {
    const batch = await store.pruneCallbacks({ ...bounds, limit: batchSize });
    pruned += batch;
    if (batch < batchSize) return pruned;
  }
}
