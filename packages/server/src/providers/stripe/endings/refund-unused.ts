import type { Money } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { refusalCode } from "../client/to-provider-error.js";
import { underOwnKey } from "../client/under-own-key.js";
import { metadataKeys } from "../language/names.js";
import { leftOf, readPayment } from "../refunds/read-payments.js";
import {
  idOfPayment,
  listPayments,
  nothingLeft,
  type Payment,
  sumOfRefunds,
} from "../subscriptions/payments.js";
import { unusedOf } from "./unused-of.js";

/**
 * Pays back what was paid for time after a subscription's end. Each payment is refunded once: our refund carries the
 * subscription's id, and is looked for before it is made, because Stripe forgets a key after a day.
 *
 * @param idempotencyKey of the whole ending
 * @returns what is paid back by this call or an earlier one; `null`: nothing
 */
export async function refundUnused(
  call: CallStripe,
  subscriptionId: string,
  idempotencyKey: string,
): Promise<Money | null> {
  const { ended_at } = await call((client) => client.subscriptions.retrieve(subscriptionId));
  if (ended_at === null) return null;
  const invoices = await call((client) =>
    client.invoices
      .list({ subscription: subscriptionId, status: "paid", limit: 100 })
      .autoPagingToArray({ limit: 10_000 }),
  );
  const refunds: Stripe.Refund[] = [];
  for (const invoice of invoices) {
    let left = unusedOf(invoice, ended_at);
    if (left === 0) continue;
    for (const payment of await listPayments(call, invoice.id)) {
      const made = await refundOnce(call, payment, { subscriptionId, idempotencyKey, amount: left });
      refunds.push(...made);
      left -= made.reduce((sum, { amount }) => sum + amount, 0);
    }
  }
  return sumOfRefunds(refunds);
}

interface RefundTerms {
  readonly subscriptionId: string;
  readonly idempotencyKey: string;
  /** At most, in Stripe's units. */
  readonly amount: number;
}

async function refundOnce(
  call: CallStripe,
  payment: Payment,
  { subscriptionId, idempotencyKey, amount }: RefundTerms,
): Promise<readonly Stripe.Refund[]> {
  const ours = await listOurs(call, payment, subscriptionId);
  if (ours.length > 0) return ours;
  const refundable = Math.min(amount, await refundableOf(call, payment));
  if (refundable <= 0) return [];
  const metadata = { [metadataKeys.subscription]: subscriptionId };
  const params = { ...payment, amount: refundable, reason: "requested_by_customer", metadata } as const;
  const key = `${idempotencyKey}:${idOfPayment(payment)}`;
  try {
    const refund = call((client) => client.refunds.create(params, { idempotencyKey: key }));
    return [await underOwnKey(refund)];
  } catch (error) {
    // All of it was paid back, or claimed by a bank, since it was looked at.
    if (!nothingLeft.has(refusalCode(error))) throw error;
    return listOurs(call, payment, subscriptionId);
  }
}

async function listOurs(
  call: CallStripe,
  payment: Payment,
  subscriptionId: string,
): Promise<readonly Stripe.Refund[]> {
  const { data } = await call((client) => client.refunds.list({ ...payment, limit: 100 }));
  return data.filter(({ metadata }) => metadata?.[metadataKeys.subscription] === subscriptionId);
}

/** What is left of a payment after what others refunded and what a dispute holds, in Stripe's units. */
async function refundableOf(call: CallStripe, payment: Payment): Promise<number> {
  const state = await readPayment(call, payment);
  return state === null ? 0 : leftOf(state);
}
