import type { ProviderCustomer, StoredCustomer } from "@tollgate/core";
import type { Identity } from "../context/identity.js";
import { findOwner } from "./find-owner.js";
import type { CustomersContext } from "./identify-customer.js";
import { takeInCustomer } from "./take-in-customer.js";

/**
 * Adopts the customer that somebody made at the provider for a person who has none here: with a second one they could
 * buy what they already have. The address finds candidates; whose they are is decided by what Tollgate left there and
 * by the app.
 *
 * @returns `null` when there is none
 * @throws what the app's `identifyCustomer` throws: a second subscription is worse than another try
 */
export async function findMadeCustomer(
  context: CustomersContext,
  { id: customerId, email }: Identity,
): Promise<StoredCustomer | null> {
  const { provider, store } = context;
  const { customers } = provider;
  if (email === undefined || customers.kind !== "made_first") return null;
  const theirs: ProviderCustomer[] = [];
  for (const customer of await customers.findByEmail(email)) {
    const { providerCustomerId } = customer;
    if ((await store.findCustomerByProviderId(providerCustomerId, provider.id)) !== null) continue;
    if ((await findOwner(context, customer)) === customerId) theirs.push(customer);
  }
  const chosen = (await findSubscribed(context, theirs)) ?? theirs.at(-1);
  const taken = chosen === undefined ? null : await takeInCustomer(context, chosen, customerId);
  // Another click or an event may have adopted one meanwhile: a second one must not be made.
  return taken ?? store.findCustomer(customerId, provider.id);
}

/** Of several, the one that subscribes to a plan; otherwise the first that was made. */
async function findSubscribed(
  { provider }: CustomersContext,
  customers: readonly ProviderCustomer[],
): Promise<ProviderCustomer | undefined> {
  if (customers.length < 2) return undefined;
  for (const customer of customers) {
    const { providerCustomerId } = customer;
    const { items } = await provider.subscriptions.listOf({ providerCustomerId, after: null });
    if (items.some(({ state, endedAt }) => state !== "foreign" && endedAt === null)) return customer;
  }
  return undefined;
}
