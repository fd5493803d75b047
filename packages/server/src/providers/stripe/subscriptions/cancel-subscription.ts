import { BillingError, type ProviderManagement } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { isMissing, refusalCode } from "../client/to-provider-error.js";
import { underOwnKey } from "../client/under-own-key.js";
import { metadataKeys } from "../language/names.js";
import { idOfPayment, listPayments, nothingLeft, type Payment, sumOfRefunds } from "./payments.js";

type CancelSubscription = ProviderManagement["cancel"];

/**
 * Cancels first, so that nothing more is charged while the payments are looked up. Each payment is refunded
 * under a key of its own for a day (https://docs.stripe.com/api/idempotent_requests), and after that Stripe
 * refuses to refund the same charge again.
 */
export async function cancelSubscription(
  call: CallStripe,
  { subscription, at, refund, idempotencyKey }: Parameters<CancelSubscription>[0],
): ReturnType<CancelSubscription> {
  const { id: subscriptionId } = subscription;
  if (at !== "now") throw new BillingError("not_supported", "Stripe is asked to cancel at once only.");
  await endNow(call, subscriptionId);
  if (!refund) return { refunded: null };
  const refunds: Stripe.Refund[] = [];
  for (const payment of await listAllPayments(call, subscriptionId)) {
    refunds.push(...(await refundPayment(call, payment, { subscriptionId, idempotencyKey })));
  }
  return { refunded: sumOfRefunds(refunds) };
}

async function endNow(call: CallStripe, subscriptionId: string): Promise<void> {
  try {
    // No credit for the rest of the period: what was paid goes back to where it came from.
    await call((client) =>
      client.subscriptions.cancel(subscriptionId, { invoice_now: false, prorate: false }),
    );
  } catch (error) {
    // Stripe can't find what is already cancelled; one that never existed has no payments either.
    if (!isMissing(error)) throw error;
  }
}

async function listAllPayments(call: CallStripe, subscription: string): Promise<readonly Payment[]> {
  const invoices = await call((client) =>
    client.invoices.list({ subscription, limit: 100 }).autoPagingToArray({ limit: 10_000 }),
  );
  const payments: Payment[] = [];
  for (const { id, amount_paid } of invoices) {
    if (amount_paid > 0) payments.push(...(await listPayments(call, id)));
  }
  return payments;
}

/** Our refund of a payment, made now or before; none when nothing is left of it. */
async function refundPayment(
  call: CallStripe,
  payment: Payment,
  { subscriptionId, idempotencyKey }: { readonly subscriptionId: string; readonly idempotencyKey: string },
): Promise<readonly Stripe.Refund[]> {
  const metadata = { [metadataKeys.subscription]: subscriptionId };
  const key = `${idempotencyKey}:${idOfPayment(payment)}`;
  try {
    // Without an `amount` Stripe refunds everything that is left of the payment.
    const params = { ...payment, reason: "duplicate", metadata } as const;
    const refund = call((client) => client.refunds.create(params, { idempotencyKey: key }));
    return [await underOwnKey(refund)];
  } catch (error) {
    if (!nothingLeft.has(refusalCode(error))) throw error;
    const { data } = await call((client) => client.refunds.list({ ...payment, limit: 100 }));
    return data.filter((one) => one.metadata?.[metadataKeys.subscription] === subscriptionId);
  }
}
