import type { ReconcileContext } from "./reconcile-run.js";

/**
 * For how many days back a missing event is a missed one: as far as the provider's list goes, and as far as our inbox
 * remembers. `null`: the provider has no list of events.
 */
export function eventDaysOf({
  provider,
  eventRetentionDays,
}: Pick<ReconcileContext, "provider" | "eventRetentionDays">): number | null {
  return provider.eventDays === null ? null : Math.min(provider.eventDays, eventRetentionDays - 1);
}
