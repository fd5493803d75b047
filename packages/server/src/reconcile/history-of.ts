import type { ProviderEvents } from "@tollgate/core";
import type { ReconcileContext } from "./reconcile-run.js";

/**
 * The provider's list of events, for as many days back as a missing one is a missed one: as far as the list goes, and as
 * far as our inbox remembers. `null`: the provider has no list of events.
 */
export function historyOf({
  provider,
  eventRetentionDays,
}: Pick<ReconcileContext, "provider" | "eventRetentionDays">): ProviderEvents["history"] {
  const { history } = provider.events;
  return history && { ...history, days: Math.min(history.days, eventRetentionDays - 1) };
}
