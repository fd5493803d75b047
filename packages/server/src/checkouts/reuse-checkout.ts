import { BillingError, type CheckoutRecord, hasEnded, type ProviderCheckout } from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";
import type { CheckoutPlan } from "./open-checkout.js";
import { settleCheckout } from "./settle-checkout.js";

/**
 * What the slot's latest checkout means for a new click: still open and the same, it is used again; open
 * and another, it is closed at the provider; paid already, it is settled.
 *
 * @returns the checkout to use again, or `null` when the way is free for a new one
 * @throws BillingError `already_subscribed` when it was paid for
 */
export async function reuseCheckout(
  context: BillingContext,
  plan: CheckoutPlan,
  latest: CheckoutRecord,
): Promise<CheckoutRecord | null> {
  const sellsAgain = plan.offer.kind === "product";
  if (latest.status === "expired" || (latest.status === "complete" && sellsAgain)) return null;
  const checkout = await readOrClose(context, plan, latest);
  if (checkout?.status === "open") return { ...latest, url: checkout.url };
  const { subscriptionId = null } = checkout ?? {};
  if (checkout?.status !== "complete" || sellsAgain || subscriptionId === null) return null;
  const store = await context.openStore();
  const subscription = await store.findSubscription(subscriptionId, latest.provider);
  if (subscription === null || hasEnded(subscription)) return null;
  throw new BillingError("already_subscribed", "You have bought this already.");
}

/** The checkout as it is at the provider, settled; an open one is closed unless it is what is wanted now. */
async function readOrClose(
  context: BillingContext,
  plan: CheckoutPlan,
  latest: CheckoutRecord,
): Promise<ProviderCheckout | null> {
  try {
    const checkout = await settleCheckout(context, latest);
    const wanted =
      latest.fingerprint === plan.fingerprint && checkout.expiresAt > context.clock().toISOString();
    if (checkout.status !== "open" || wanted) return checkout;
    await context.provider.expireCheckout(latest.id);
    // Read again: it may have been paid in the moment before.
    return await settleCheckout(context, latest);
  } catch (error) {
    if (error instanceof BillingError && error.code === "checkout_not_found") return null;
    throw error;
  }
}
