import type { CustomerLink } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { applyEvent } from "./apply-event.js";

/** Applies the events that waited for this customer, in the provider's order. */
export async function applyUnmatchedEvents(context: BillingContext, link: CustomerLink): Promise<void> {
  const { store } = context;
  const waiting = await store.listUnmatchedEvents(link.providerCustomerId, link.provider);
  for (const { event } of waiting) {
    if (event !== null) await applyEvent(context, event);
  }
}
