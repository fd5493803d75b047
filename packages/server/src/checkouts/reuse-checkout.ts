import { BillingError, type CheckoutRecord, hasEnded, type ProviderCheckout } from "@tollgate/core";
import type { CatalogContext } from "../context/billing-context.js";
import { closeCheckout } from "./close-checkout.js";
import { sellsOnce } from "./decide-offer.js";
import type { CheckoutPlan, OpenCheckout } from "./open-checkout.js";

/**
 * What the slot's latest checkout means for a new click: if it is still open and the same, it is reused; if it is open
 * but different, or of a customer that was deleted at the provider, or at one that no longer sells, it is closed there,
 * if it can be; if it is already paid, it is settled.
 *
 * @returns the checkout to reuse, or `null` when the way is free for a new one
 * @throws BillingError `already_subscribed` when it was paid for, `already_owned` when it was, or is about to be, and is
 * sold once
 */
export async function reuseCheckout(
  context: CatalogContext,
  plan: CheckoutPlan,
  latest: CheckoutRecord,
): Promise<OpenCheckout | null> {
  const sellsOne = sellsOnce(context.catalog, plan.offer);
  const sellsAgain = plan.offer.kind === "product" && !sellsOne;
  if (latest.status === "expired" || (latest.status === "complete" && sellsAgain)) return null;
  const isMadeFirst = context.provider.customers.kind === "made_first";
  const now = context.clock().toISOString();
  const isWanted = ({ expiresAt, providerCustomerId }: ProviderCheckout) =>
    latest.fingerprint === plan.fingerprint &&
    latest.provider === context.provider.id &&
    (!isMadeFirst || providerCustomerId === plan.buyer.providerCustomerId) &&
    (expiresAt === null || expiresAt > now);
  const checkout = await closeCheckout(context, latest, isWanted);
  // What could not be closed stays open beside the new one.
  if (checkout?.status === "open") {
    return isWanted(checkout)
      ? { ...latest, url: checkout.url, clientSecret: checkout.clientSecret ?? null }
      : null;
  }
  if (checkout?.status !== "complete" || sellsAgain) return null;
  if (sellsOne) {
    if (checkout.payment === "failed") return null;
    throw new BillingError("already_owned", "You have bought this already.");
  }
  const { subscriptionId } = checkout;
  if (subscriptionId === null) return null;
  const { store } = context;
  const subscription = await store.findSubscription(subscriptionId, latest.provider);
  // It may be somebody else's by now.
  const isTheirs = subscription?.customerId === latest.customerId;
  if (subscription === null || hasEnded(subscription) || !isTheirs) return null;
  throw new BillingError("already_subscribed", "You have bought this already.");
}
