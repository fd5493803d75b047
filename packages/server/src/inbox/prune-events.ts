import { addDays } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";

/** Small, so that no statement holds many locks for long. */
const batchSize = 1000;
/** What nobody could settle is kept this many times as long as the rest. */
const unsettledFactor = 4;

/** Deletes the events that are older than the retention; gives how many. */
export async function pruneEvents(context: BillingContext): Promise<number> {
  const { eventRetentionDays: days } = context;
  const store = await context.openStore();
  const now = context.clock().toISOString();
  const bounds = {
    settledBefore: addDays(now, -days),
    unsettledBefore: addDays(now, -days * unsettledFactor),
  };
  let pruned = 0;
  for (;;) {
    const batch = await store.pruneEvents({ ...bounds, limit: batchSize });
    pruned += batch;
    if (batch < batchSize) return pruned;
  }
}
