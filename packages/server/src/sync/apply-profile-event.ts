import { decideProvided, isDeletedCustomer, type ProfileEvent } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { changeProfile } from "./change-profile.js";
import type { EventOutcome } from "./event-head.js";
import { keepReceived } from "./keep-event.js";
import { settleEvent } from "./settle-event.js";

/**
 * Tells the app of an email or a name that was changed at the provider. The customer is read again, so that two such
 * events may come in any order; what we gave the provider ourselves is known, and not told.
 */
export function applyProfileEvent(context: BillingContext, event: ProfileEvent): Promise<EventOutcome> {
  return settleEvent(context, event, async (facts, head) => {
    const nothing = { action: "settle", subscription: null, callbacks: [], jobs: [] } as const;
    const { customerId } = facts;
    if (customerId === null || isDeletedCustomer(customerId)) {
      return { decision: { ...nothing, state: "ignored", reason: "nobody's customer" } };
    }
    await keepReceived(context, event, head, facts);
    const isNews = await takeProfile(context, event, customerId);
    return isNews
      ? { decision: { ...nothing, state: "applied", reason: null } }
      : { decision: { ...nothing, state: "stale", reason: "what the provider has is known" } };
  });
}

function takeProfile(
  context: BillingContext,
  { id, provider, providerCustomerId }: ProfileEvent,
  customerId: string,
): Promise<boolean> {
  const link = { customerId, provider, providerCustomerId };
  return changeProfile(context, link, async (known) => {
    const customer = await context.provider.customers.read(providerCustomerId);
    const news = customer === null || customer.deleted ? null : decideProvided(known, customer);
    if (news === null) return null;
    const { profile, changed } = news;
    // The profile is changed once, so the event that it was learned from names it.
    const callback = {
      id: `${providerCustomerId}:customer.updated:${id}`,
      type: "customer.updated",
    } as const;
    return { profile, callbacks: [{ ...callback, data: { ...link, changed } }] };
  });
}
