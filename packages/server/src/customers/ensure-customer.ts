import { BillingError, type CustomersMadeFirst, type StoredCustomer } from "@tollgate/core";
import type { Identity } from "../context/identity.js";
import { atEachProvider } from "../context/providers.js";
import { underKey } from "../idempotency/under-key.js";
import { describeError } from "../log/logger.js";
import { linkPayer } from "../sync/link-payer.js";
import { findMadeCustomer } from "./find-made-customer.js";
import { forgetCustomer, isCustomerMissing } from "./forget-customer.js";
import type { CustomersContext } from "./identify-customer.js";
import { pushProfile } from "./push-profile.js";
import { deletionDigest, refuseDeleted } from "./refuse-deleted.js";

/** An attempt is lost only when the customer was deleted at the provider at that very moment. */
const tries = 3;

/**
 * The provider's customer of an identity, created if there is none or if it was deleted there, with the identity's
 * email and name. One that somebody made there by hand is adopted instead. `null`: the checkout makes it.
 */
export async function ensureCustomer(
  context: CustomersContext,
  identity: Identity,
): Promise<StoredCustomer | null> {
  const { store, provider } = context;
  const { id: customerId } = identity;
  await refuseDeleted(context, customerId);
  switch (provider.customers.kind) {
    case "made_first":
      return ensureMade(context, provider.customers, identity);
    case "made_by_checkout": {
      const known = await store.findCustomer(customerId, provider.id);
      if (known === null) await adoptElsewhere(context, identity);
      return known;
    }
    case "same_as_app":
      if ((await store.findCustomer(customerId, provider.id)) === null)
        await adoptElsewhere(context, identity);
      return linkPayer(context, { customerId, provider: provider.id, providerCustomerId: customerId });
  }
}

async function ensureMade(
  context: CustomersContext,
  customers: CustomersMadeFirst,
  identity: Identity,
): Promise<StoredCustomer> {
  const { store } = context;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const known = await store.findCustomer(identity.id, context.provider.id);
    if (known === null && attempt === 0) await adoptElsewhere(context, identity);
    const made = known ?? (await findMadeCustomer(context, identity));
    const link = made ?? (await createCustomer(context, customers, identity));
    if (!link.current) continue;
    try {
      await pushProfile(context, link, identity);
      return link;
    } catch (error) {
      if (!isCustomerMissing(error)) throw error;
      await forgetCustomer(context, link);
    }
  }
  throw new BillingError("provider_unavailable", "The customer could not be created. Try again.");
}

/**
 * Somebody's first checkout here: what was made for them by hand at another provider has to be known before it opens,
 * or they would buy it again. That provider's outage must not keep anybody from buying: a second subscription is still
 * found once its events arrive.
 */
async function adoptElsewhere(context: CustomersContext, identity: Identity): Promise<void> {
  for (const one of atEachProvider(context).filter(({ provider }) => provider !== context.provider)) {
    const { provider, store } = one;
    if ((await store.findCustomer(identity.id, provider.id)) !== null) continue;
    try {
      await findMadeCustomer(one, identity);
    } catch (error) {
      if (!(error instanceof BillingError) || !error.code.startsWith("provider_")) throw error;
      const fields = { provider: provider.id, customerId: identity.id, error: describeError(error) };
      one.logger.warn(
        fields,
        "A provider that does not sell could not be asked for a customer's subscriptions",
      );
    }
  }
}

/**
 * Two that create at once, in whichever processes, send the same idempotency key and so get the same customer, as does
 * whoever tries again after a crash. The key names those that were deleted: otherwise the provider would repeat its
 * answer and return one of them.
 */
async function createCustomer(
  context: CustomersContext,
  customers: CustomersMadeFirst,
  identity: Identity,
): Promise<StoredCustomer> {
  const { provider } = context;
  const { id: customerId, email = null, name = null } = identity;
  const { store } = context;
  const retired = [...(await store.listRetiredCustomers(customerId, provider.id))];
  const { database } = await context.bindDatabase();
  // Whoever was deleted and comes back under the same id has a customer of their own.
  const deleted = await store.findDeletion(await deletionDigest(context, customerId));
  if (deleted !== null) retired.push(deleted.reference);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const { providerCustomerId } = await underKey(
      context,
      ["customer", customerId, ...retired],
      (idempotencyKey) => customers.make({ customerId, email, name, database, idempotencyKey }),
    );
    const link = await store.linkCustomer({ customerId, provider: provider.id, providerCustomerId });
    if (link.customerId === customerId) return link;
    // It was theirs once, and was given to somebody else with a subscription: the key still answers with it.
    retired.push(providerCustomerId);
  }
  // Nobody must ever pay for somebody else.
  throw new Error("The provider gave a customer that is somebody else's.");
}
