import { BillingError, type CheckoutRecord, type ProviderCheckout } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { settleRecord } from "../sync/settle-record.js";
import { settleCheckout } from "./settle-checkout.js";

/**
 * Reads a checkout from the provider and settles it; one that is open but not `wanted` is closed there.
 *
 * @returns how it stands now; `null` when the provider does not have it
 */
export async function closeCheckout(
  context: BillingContext,
  record: CheckoutRecord,
  isWanted: (checkout: ProviderCheckout) => boolean = () => false,
): Promise<ProviderCheckout | null> {
  try {
    const checkout = await settleCheckout(context, record);
    if (checkout.status !== "open" || isWanted(checkout)) return checkout;
    await context.provider.expireCheckout(record.id);
    // Read again: it may have been paid just before.
    return await settleCheckout(context, record);
  } catch (error) {
    if (!(error instanceof BillingError) || error.code !== "checkout_not_found") throw error;
    const { store } = context;
    await store.transaction((tx) => settleRecord(tx, record.id, record.customerId, "expired"));
    return null;
  }
}
