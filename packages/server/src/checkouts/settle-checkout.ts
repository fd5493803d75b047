import { BillingError, type CheckoutRecord, type ProviderCheckout } from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";
import { applyRead } from "../webhook/apply-read.js";
import { closeCheckout } from "./close-checkout.js";

/**
 * Reads a checkout from the provider and applies what came of it at once, so that a late webhook never
 * shows "not paid".
 *
 * @throws BillingError `checkout_not_found` when the provider does not have it.
 */
export async function settleCheckout(
  context: BillingContext,
  record: CheckoutRecord,
): Promise<ProviderCheckout> {
  const { id, customerId } = record;
  const checkout = await context.provider.readCheckout(id);
  if (checkout === null) throw new BillingError("checkout_not_found", "There is no such checkout.");
  const { status, subscriptionId } = checkout;
  if (status === "open") return checkout;
  if (status === "complete" && subscriptionId !== null) {
    await applyRead(context, { subscriptionId, customerId });
  }
  const store = await context.openStore();
  const outcome = checkout.payment === "failed" ? "failed" : status;
  await store.transaction((tx) => closeCheckout(tx, id, customerId, outcome));
  // Somebody waits for it, and the next request may reach another instance.
  await store.announceChanges();
  return checkout;
}
