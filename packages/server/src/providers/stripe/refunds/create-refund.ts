import { BillingError, type ProviderRefunds, type Refund } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { underOwnKey } from "../client/under-own-key.js";
import type { ConnectRules } from "../connect/stripe-connect.js";
import { metadataKeys } from "../language/names.js";
import { toStripeAmount } from "../language/stripe-amount.js";
import { idOfPayment } from "../subscriptions/payments.js";
import { readBooks } from "./read-books.js";
import { leftOf } from "./read-payments.js";
import { toRefund } from "./to-refund.js";

type CreateInput = Parameters<ProviderRefunds["create"]>[0];

/**
 * Refunds what an invoice or a product was paid with, payment by payment (https://docs.stripe.com/api/refunds/create); each under a
 * key of its own, so that whoever comes again after a crash makes only what is missing.
 *
 * Of a payment that was shared, the fee and what was passed on go back in proportion, unless the option says otherwise;
 * Stripe refuses both flags where there is neither. Left out: `instructions_email`, which only some ways of paying need.
 */
export async function createRefund(
  call: CallStripe,
  provider: string,
  input: CreateInput,
  { returns }: Pick<ConnectRules, "returns">,
): Promise<readonly Refund[]> {
  const { of, reason, access, key, idempotencyKey } = input;
  const found = await readBooks(call, provider, of);
  const invoiceId = found?.books.invoiceId ?? null;
  const payments = found?.payments ?? [];
  let left = amountAtStripe(input.amount, found?.books.currency ?? "");
  // Before anything is refunded: all of it, or nothing.
  if (payments.reduce((sum, one) => sum + leftOf(one), 0) < left)
    throw new BillingError("provider_rejected", "Less is left of the payment than is to be refunded.");
  const metadata = {
    [metadataKeys.refund]: key,
    ...(access !== null && { [metadataKeys.access]: access }),
  };
  const made: Refund[] = [];
  for (const state of payments) {
    const amount = Math.min(left, leftOf(state));
    if (amount <= 0) continue;
    const shared = returns ? sharedOf(state.charge) : {};
    const params = { ...state.payment, ...shared, amount, reason, metadata };
    const own = { idempotencyKey: `${idempotencyKey}:${idOfPayment(state.payment)}` };
    const refund = await underOwnKey(call((client) => client.refunds.create(params, own)));
    made.push(toRefund(provider, refund, invoiceId));
    left -= amount;
  }
  return made;
}

function sharedOf({ application_fee, transfer }: Stripe.Charge): Stripe.RefundCreateParams {
  return {
    ...(application_fee !== null && { refund_application_fee: true }),
    ...(transfer !== undefined && transfer !== null && { reverse_transfer: true }),
  };
}

function amountAtStripe(amount: number, currency: string): number {
  try {
    return toStripeAmount({ amount, currency }, "of a refund");
  } catch (cause) {
    throw new BillingError("provider_rejected", "Stripe has no such amount in this currency.", { cause });
  }
}
