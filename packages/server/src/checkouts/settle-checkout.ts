import {
  BillingError,
  type CheckoutRecord,
  consentOf,
  type Job,
  type ProviderCheckout,
  type Purchase,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { atProvider } from "../context/providers.js";
import { applyRead } from "../sync/apply-read.js";
import { applyUnmatchedEvents } from "../sync/apply-unmatched.js";
import { linkPayer } from "../sync/link-payer.js";
import { settleSaving } from "./settle-saving.js";

/**
 * Reads a checkout from the provider and applies its outcome at once, so that a late webhook never shows "not paid".
 *
 * @throws BillingError `checkout_not_found` when the provider does not have it, `provider_not_configured`
 */
export async function settleCheckout(
  context: BillingContext,
  record: CheckoutRecord,
): Promise<ProviderCheckout> {
  const { id, provider, customerId } = record;
  const { customers, checkout: checkouts } = atProvider(context, provider).provider;
  const checkout = await checkouts.read(id);
  if (checkout === null) throw new BillingError("checkout_not_found", "There is no such checkout.");
  const { status, subscriptionId, providerCustomerId } = checkout;
  if (status === "open") return checkout;
  if (status === "complete" && providerCustomerId !== null && customers.kind !== "made_first") {
    // We opened it for them, so whoever paid it is theirs.
    const payer = await linkPayer(context, { customerId, provider, providerCustomerId });
    await applyUnmatchedEvents(context, payer);
  }
  if (status === "complete" && subscriptionId !== null) {
    await applyRead(context, {
      provider,
      subscriptionId,
      customerId,
      providerCustomerId,
      cause: { kind: "command", name: "checkout" },
    });
  }
  if (record.status === "open") await settleSaving(context, record, checkout);
  const { store } = context;
  const outcome = checkout.payment === "failed" ? "failed" : status;
  const purchase = toPurchase(context, record, checkout);
  const of = { provider, checkoutId: id, customerId, subscriptionId };
  const consent =
    status === "complete" ? consentOf(checkout.agreed, of, context.clock().toISOString()) : null;
  await store.settleCheckout({ id, provider, customerId, status: outcome, purchase, consent });
  // Members may have come or left since it was opened.
  if (status === "complete" && subscriptionId !== null && (await store.listSeats(customerId)).length > 0) {
    await store.enqueueJobs([{ type: "settle_seats", customerId }]);
  }
  // Somebody is waiting for it, and the next request may reach another instance.
  await store.announceChanges();
  return checkout;
}

/** Settles a checkout that the provider said was completed, unless somebody came back from it first. */
export async function settleCompleted(
  context: BillingContext,
  { provider, checkoutId, customerId }: Extract<Job, { type: "settle_checkout" }>,
): Promise<void> {
  // Another instance, of another release, may have that provider.
  if (context.providers.find(provider) === null) return;
  const record = await context.store.findCheckout(checkoutId, customerId);
  if (record?.provider === provider && record.status === "open") await settleCheckout(context, record);
}

/** What was bought once by it: nothing for as long as its money is on the way. */
export function toPurchase(
  { clock }: BillingContext,
  { id: checkoutId, provider, customerId }: Pick<CheckoutRecord, "id" | "provider" | "customerId">,
  { status, payment, product }: ProviderCheckout,
): Purchase | null {
  const isPaid = status === "complete" && (payment === "paid" || payment === "not_required");
  if (!isPaid || product === null) return null;
  return { provider, checkoutId, customerId, ...product, purchasedAt: clock().toISOString() };
}
