import type { BillingEvent, CustomerLink } from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";
import { applyEvent } from "./apply-event.js";

/** Applies the events that waited for this customer, in the provider's order. */
export async function applyUnmatchedEvents(context: BillingContext, link: CustomerLink): Promise<void> {
  const store = await context.openStore();
  const waiting = await store.transaction((tx) =>
    tx.listUnmatchedEvents(link.providerCustomerId, link.provider),
  );
  for (const { unmatched } of waiting) {
    // Written by `keepUnmatched` and read back from our own store.
    if (unmatched !== null) await applyEvent(context, unmatched.event as BillingEvent);
  }
}
