import type { BillingContext } from "../context/billing-context.js";

/**
 * For how many days back a missing event is a missed one: as far as the provider tells, and as far as our inbox
 * remembers. `null`: the provider has no list of events.
 */
export function eventDaysOf({ provider, eventRetentionDays }: BillingContext): number | null {
  return provider.eventDays === null ? null : Math.min(provider.eventDays, eventRetentionDays - 1);
}
