import { BillingError, type BillingEvent, type UnreadableEvent } from "@tollgate/core";
import type { EventHead } from "./parse-event.js";

/** What `normalize` turns a genuine event into; `unreadable` where its object is not what it should be. */
export function orUnreadable<Event extends BillingEvent>(
  head: EventHead,
  { type, providerCustomerId }: { readonly type: string; readonly providerCustomerId: string | null },
  normalize: () => Event | null,
): Event | UnreadableEvent | null {
  try {
    return normalize();
  } catch (error) {
    if (!(error instanceof BillingError) || error.code !== "invalid_event") throw error;
    return { ...head, type: "unreadable", providerCustomerId, reason: `${type}: ${error.message}` };
  }
}
