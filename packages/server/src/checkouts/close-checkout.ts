import { BillingError, type CheckoutRecord, type ProviderCheckout } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { atProvider } from "../context/providers.js";
import { settleCheckout } from "./settle-checkout.js";

/**
 * Reads a checkout from the provider and settles it; one that is open but not `wanted` is closed there.
 *
 * @returns how it stands now; `null` when the provider does not have it
 * @throws BillingError `provider_not_configured` when it may still be paid, at a provider that nobody can ask
 */
export async function closeCheckout(
  context: BillingContext,
  record: CheckoutRecord,
  isWanted: (checkout: ProviderCheckout) => boolean = () => false,
): Promise<ProviderCheckout | null> {
  if (isOutOfReach(context, record)) return forget(context, record);
  try {
    const checkout = await settleCheckout(context, record);
    if (checkout.status !== "open" || isWanted(checkout)) return checkout;
    await atProvider(context, record.provider).provider.checkout.close?.(record.id);
    // Read again: it may have been paid just before.
    return await settleCheckout(context, record);
  } catch (error) {
    if (!(error instanceof BillingError) || error.code !== "checkout_not_found") throw error;
    return forget(context, record);
  }
}

/** Nobody can pay it any more, and its provider, which is no longer configured, can't be asked. */
function isOutOfReach(
  { providers, clock }: BillingContext,
  { provider, expiresAt }: CheckoutRecord,
): boolean {
  return providers.find(provider) === null && expiresAt !== null && expiresAt <= clock().toISOString();
}

async function forget({ store }: BillingContext, record: CheckoutRecord): Promise<null> {
  const { id, provider, customerId } = record;
  await store.settleCheckout({ id, provider, customerId, status: "expired", purchase: null });
  return null;
}
