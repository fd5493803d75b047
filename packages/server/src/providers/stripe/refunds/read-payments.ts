import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { listPayments, type Payment } from "../subscriptions/payments.js";

/** One payment with all that went back of it; amounts are Stripe's. */
export interface PaymentState {
  readonly payment: Payment;
  readonly charge: Stripe.Charge;
  readonly refunds: readonly Stripe.Refund[];
  readonly disputes: readonly Stripe.Dispute[];
}

/** What an invoice was paid with, the earliest first; without what never took any money. */
export async function readPayments(call: CallStripe, invoiceId: string): Promise<readonly PaymentState[]> {
  const states: PaymentState[] = [];
  for (const payment of (await listPayments(call, invoiceId)).toReversed()) {
    const state = await readPayment(call, payment);
    if (state !== null) states.push(state);
  }
  return states;
}

/** `null` where nothing was charged. Asks about disputes only where there was one. */
export async function readPayment(call: CallStripe, payment: Payment): Promise<PaymentState | null> {
  const charge = await readCharge(call, payment);
  if (charge === null || charge.amount_captured === 0) return null;
  const refunds = await call((client) =>
    client.refunds.list({ charge: charge.id, limit: 100 }).autoPagingToArray({ limit: 1000 }),
  );
  const disputes = charge.disputed
    ? (await call((client) => client.disputes.list({ charge: charge.id, limit: 100 }))).data
    : [];
  return { payment, charge, refunds, disputes };
}

function readCharge(call: CallStripe, payment: Payment): Promise<Stripe.Charge | null> {
  return call(async (client) => {
    if ("charge" in payment) return client.charges.retrieve(payment.charge);
    const expand = ["latest_charge"];
    const { latest_charge } = await client.paymentIntents.retrieve(payment.payment_intent, { expand });
    return latest_charge === null || typeof latest_charge === "string" ? null : latest_charge;
  });
}

/** What is on its way back, and what arrived. */
export function sumsOf({ refunds }: Pick<PaymentState, "refunds">): {
  readonly refunded: number;
  readonly pending: number;
} {
  const sum = (status: "succeeded" | "pending") =>
    refunds.reduce((total, one) => total + (statusOf(one) === status ? one.amount : 0), 0);
  return { refunded: sum("succeeded"), pending: sum("pending") };
}

/** https://docs.stripe.com/api/refunds/object#refund_object-status; one that waits for somebody is still under way. */
export function statusOf({ status }: Pick<Stripe.Refund, "status">): "pending" | "succeeded" | "failed" {
  if (status === "succeeded") return "succeeded";
  return status === "failed" || status === "canceled" ? "failed" : "pending";
}

/** What a dispute holds or took: an inquiry holds nothing, and what was won is back. */
export function heldOf({ charge, refunds, disputes }: PaymentState): number {
  const { refunded, pending } = sumsOf({ refunds });
  const held = disputes
    .filter((one) => !one.is_charge_refundable && one.status !== "won")
    .reduce((sum, { amount }) => sum + amount, 0);
  return Math.min(held, Math.max(0, charge.amount_captured - refunded - pending));
}

/** What could be refunded of it, in Stripe's units. */
export function leftOf(state: PaymentState): number {
  const { refunded, pending } = sumsOf(state);
  return state.charge.amount_captured - refunded - pending - heldOf(state);
}
