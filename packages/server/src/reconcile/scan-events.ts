import type { BillingEvent, ProviderPage } from "@tollgate/core";
import { checkEvents } from "./check-events.js";
import { checkSubscription } from "./check-subscription.js";
import type { RunningReconcile } from "./reconcile-run.js";

/**
 * Goes through the provider's list of events since then: compares each subscription that they are about, then looks for
 * each event in the inbox, because some say more than a state does: that something was paid or bought.
 */
export async function scanEvents(run: RunningReconcile, since: Date): Promise<void> {
  const { context, pace, journal } = run;
  const { history } = context.provider.events;
  if (history === null) throw new Error("Only a provider with a list of events is asked for it.");
  const told = new Set<string>();
  let after = journal.progress().cursor;
  for (;;) {
    const page = await pace(() => history.list({ since, after }));
    const seen = await compareChanged(run, page.items, told);
    await checkEvents(run, page, told);
    if (page.next === null) return;
    after = page.next;
    await journal.save({ phase: "provider", cursor: after }, seen);
  }
}

/** @returns the subscriptions that were compared: once in a run is enough */
async function compareChanged(
  run: RunningReconcile,
  events: ProviderPage<BillingEvent>["items"],
  told: Set<string>,
): Promise<readonly string[]> {
  const ids = new Set(
    events.flatMap((event) =>
      "subscriptionId" in event && event.subscriptionId !== null ? [event.subscriptionId] : [],
    ),
  );
  for (const id of await run.context.store.listSeen(run.id, [...ids])) ids.delete(id);
  for (const id of ids) {
    run.signal.throwIfAborted();
    for (const eventId of await checkSubscription(run, id, null)) told.add(eventId);
    await run.journal.compared();
  }
  return [...ids];
}
