import { addDays } from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";

/** Small, so that no statement holds many locks for long. */
const batchSize = 1000;
/** What failed at every attempt may still be replayed, and is kept this many times as long as the rest. */
const deadFactor = 4;

/** Deletes the callbacks that are older than the retention of events; gives how many. */
export async function pruneCallbacks(context: BillingContext): Promise<number> {
  const { eventRetentionDays: days } = context;
  const store = await context.openStore();
  const now = context.clock().toISOString();
  const bounds = { deliveredBefore: addDays(now, -days), deadBefore: addDays(now, -days * deadFactor) };
  let pruned = 0;
  for (;;) {
    const batch = await store.pruneCallbacks({ ...bounds, limit: batchSize });
    pruned += batch;
    if (batch < batchSize) return pruned;
  }
}
