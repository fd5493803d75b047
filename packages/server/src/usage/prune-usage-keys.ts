import { addDays } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";

/** Small, so that no statement holds many locks for long. */
const batchSize = 1000;

/** Forgets the keys of uses that were counted before the retention began; gives how many. The counts stay. */
export async function pruneUsageKeys(
  context: Pick<BillingContext, "openStore" | "clock" | "eventRetentionDays">,
): Promise<number> {
  const store = await context.openStore();
  const before = addDays(context.clock().toISOString(), -context.eventRetentionDays);
  let pruned = 0;
  for (;;) {
    const batch = await store.pruneUsageKeys({ before, limit: batchSize });
    pruned += batch;
    if (batch < batchSize) return pruned;
  }
}
