import type { CustomerLink } from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";
import { digest } from "../digest.js";
import type { Identity } from "../identity.js";
import { customerLock } from "./find-owner.js";

/**
 * The provider's customer of an identity, created if there is none. Two that create at once, in whatever
 * processes, send the same idempotency key and so get the same customer; the first link stays.
 */
export async function ensureCustomer(context: BillingContext, identity: Identity): Promise<CustomerLink> {
  const { provider } = context;
  const store = await context.openStore();
  const known = await store.findCustomer(identity.id, provider.id);
  if (known !== null) return known;
  const { id: customerId, email = null, name = null } = identity;
  const idempotencyKey = await digest(["customer", customerId, email, name]);
  const { providerCustomerId } = await provider.createCustomer({ customerId, email, name, idempotencyKey });
  return store.transaction(async (tx) => {
    await tx.lock(customerLock(provider.id, providerCustomerId));
    return tx.linkCustomer({ customerId, provider: provider.id, providerCustomerId });
  });
}
