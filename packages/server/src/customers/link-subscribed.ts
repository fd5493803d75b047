import type { CustomerLink, StoredCustomer, SubscriptionWrite } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { applyUnmatchedEvents } from "../sync/apply-unmatched.js";
import { decideRead } from "../sync/save-read.js";

/** Sends a request to the provider when its turn comes. */
export type Ask = <T>(request: () => Promise<T>) => Promise<T>;

/**
 * Links a provider's customer and saves what it subscribes to in one step, then applies the events that waited for it.
 * The first link on either side stays.
 *
 * Whoever finds the link decides by what is stored, and would sell a running plan again if that were saved later.
 *
 * @returns `null` when it belongs to someone else, or the person already has another one
 */
export async function linkSubscribed(
  context: BillingContext,
  wanted: CustomerLink,
  ask: Ask = (request) => request(),
): Promise<StoredCustomer | null> {
  const { store } = context;
  const subscriptions = await readSubscriptions(context, wanted, ask);
  const isMade = context.provider.customers.kind === "made_by_checkout";
  const link = await store.linkCustomer(wanted, { wins: isMade ? "last" : "first", subscriptions });
  if (!isSame(link, wanted)) return null;
  await applyUnmatchedEvents(context, link);
  return link;
}

function isSame(link: CustomerLink, wanted: CustomerLink): boolean {
  return link.customerId === wanted.customerId && link.providerCustomerId === wanted.providerCustomerId;
}

/** Their events may have come before our endpoint existed, or never. */
async function readSubscriptions(
  { provider, store, clock }: BillingContext,
  { customerId, providerCustomerId }: CustomerLink,
  ask: Ask,
): Promise<readonly SubscriptionWrite[]> {
  // One page: no customer has more running ones than that, and a comparison finds what is left.
  const page = await ask(() => provider.subscriptions.listOf({ providerCustomerId, after: null }));
  const writes: SubscriptionWrite[] = [];
  for (const { id, state, endedAt } of page.items) {
    if (state === "foreign" || endedAt !== null) continue;
    const stored = await store.findStoredSubscription(id, provider.id);
    // A record is never deleted, so there was none when the page was read.
    const isListed = stored === null && state !== "unreadable";
    const read = isListed
      ? { value: state, asOf: page.asOf }
      : await ask(() => provider.subscriptions.read({ id, providerCustomerId }));
    const write = decideRead({ read, stored, customerId }, clock().toISOString());
    if (typeof write !== "string") writes.push(write);
  }
  return writes;
}
