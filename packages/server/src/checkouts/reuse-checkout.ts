import { BillingError, type CheckoutRecord, hasEnded } from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";
import { endCheckout } from "./end-checkout.js";
import type { CheckoutPlan } from "./open-checkout.js";

/**
 * What the slot's latest checkout means for a new click: still open and the same, it is used again; open
 * and another, or of a customer that was deleted at the provider, it is closed there; paid already, it is
 * settled.
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
  const now = context.clock().toISOString();
  const checkout = await endCheckout(
    context,
    latest,
    ({ expiresAt, providerCustomerId }) =>
      latest.fingerprint === plan.fingerprint &&
      providerCustomerId === plan.link.providerCustomerId &&
      expiresAt > now,
  );
  if (checkout?.status === "open") return { ...latest, url: checkout.url };
  const { subscriptionId = null } = checkout ?? {};
  if (checkout?.status !== "complete" || sellsAgain || subscriptionId === null) return null;
  const store = await context.openStore();
  const subscription = await store.findSubscription(subscriptionId, latest.provider);
  if (subscription === null || hasEnded(subscription)) return null;
  throw new BillingError("already_subscribed", "You have bought this already.");
}
