import { BillingError, type CustomerClaim, type Store, type SubscriptionCustomer } from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";
import { describeError } from "../logger.js";

/**
 * Whose a provider's customer would be: by what `createCustomer` left there, or by the app's word. Never
 * somebody who is linked to another already; that is for an operator to decide.
 */
export async function identifyOwner(
  context: BillingContext,
  store: Store,
  customer: SubscriptionCustomer,
): Promise<CustomerClaim> {
  const customerId = customer.customerId ?? (await askApp(context, customer));
  if (customerId === null) return { customerId, linkedTo: null };
  const link = await store.findCustomer(customerId, context.provider.id);
  return { customerId, linkedTo: link?.providerCustomerId ?? null };
}

/** What the app's function throws is about one customer, and must not keep the others from being compared. */
async function askApp(
  { identifyCustomer, logger }: BillingContext,
  { providerCustomerId, email, metadata, deleted }: SubscriptionCustomer,
): Promise<string | null> {
  if (identifyCustomer === null || deleted) return null;
  try {
    const answer: unknown = await identifyCustomer({ providerCustomerId, email, metadata });
    if (answer === null || (typeof answer === "string" && answer !== "")) return answer;
    throw new BillingError("invalid_options", "`identifyCustomer` must give null, or a non-empty string.");
  } catch (error) {
    logger.error({ providerCustomerId, error: describeError(error) }, "identifyCustomer failed");
    return null;
  }
}
