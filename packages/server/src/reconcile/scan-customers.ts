import type { RunningReconcile } from "./reconcile-run.js";
import { comparePage } from "./scan-provider.js";

const pageSize = 100;

/** Asks for one customer of ours after the other, where the provider can't list everybody's subscriptions. */
export async function scanCustomers(run: RunningReconcile): Promise<void> {
  const { context, signal, journal } = run;
  const { store, provider } = context;
  let after = journal.progress().cursor;
  for (;;) {
    const links = await store.listLinks({ provider: provider.id, after, limit: pageSize });
    const seen: string[] = [];
    for (const { providerCustomerId } of links) {
      signal.throwIfAborted();
      seen.push(...(await compareOne(run, providerCustomerId)));
    }
    const last = links.at(-1);
    if (last === undefined || links.length < pageSize) {
      return journal.save({ phase: "store", cursor: null }, seen);
    }
    after = last.providerCustomerId;
    await journal.save({ phase: "provider", cursor: after }, seen);
  }
}

async function compareOne(run: RunningReconcile, providerCustomerId: string): Promise<readonly string[]> {
  const { subscriptions } = run.context.provider;
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const wanted: { readonly providerCustomerId: string; readonly after: string | null } = {
      providerCustomerId,
      after,
    };
    const page = await run.pace(() => subscriptions.listOf(wanted));
    seen.push(...(await comparePage(run, page)));
    after = page.next;
  } while (after !== null);
  return seen;
}
