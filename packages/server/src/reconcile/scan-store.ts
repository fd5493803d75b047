import { checkSubscription } from "./check-subscription.js";
import type { RunningReconcile } from "./reconcile-run.js";

const pageSize = 100;

/** Reads one by one what is stored as running and was not in the provider's list. */
export async function scanStore(run: RunningReconcile, customerId: string | null): Promise<void> {
  const { context, id: runId, journal, signal } = run;
  const provider = context.provider.id;
  let after = journal.progress().cursor;
  for (;;) {
    const page = await context.store.listUnseen({ runId, provider, customerId, after, limit: pageSize });
    for (const { id } of page) {
      signal.throwIfAborted();
      await checkSubscription(run, id, null);
      await journal.compared();
    }
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    after = last.id;
    await journal.save({ phase: "store", cursor: after }, []);
  }
}
