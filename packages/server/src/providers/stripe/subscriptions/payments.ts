import type { Money } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { idOf } from "../language/id-of.js";
import { fromStripeAmount } from "../language/stripe-amount.js";

/**
 * Stripe refunds nothing of a payment any more: its money is back already, or a dispute holds or took it
 * (https://docs.stripe.com/error-codes).
 */
export const nothingLeft: ReadonlySet<string | undefined> = new Set([
  "charge_already_refunded",
  "charge_disputed",
]);

/** What is refunded: a payment intent, or an old charge. */
export type Payment = { readonly payment_intent: string } | { readonly charge: string };

/** What an invoice was paid with, by Stripe. */
export async function listPayments(call: CallStripe, invoice: string): Promise<readonly Payment[]> {
  const { data } = await call((client) =>
    client.invoicePayments.list({ invoice, status: "paid", limit: 100 }),
  );
  return data.flatMap(({ payment }) => toPayment(payment) ?? []);
}

/** `null` for a payment that was made outside of Stripe, and only noted there. */
function toPayment({ payment_intent, charge }: Stripe.InvoicePayment.Payment): Payment | null {
  if (payment_intent !== undefined) return { payment_intent: idOf(payment_intent) };
  return charge === undefined ? null : { charge: idOf(charge) };
}

export function idOfPayment(payment: Payment): string {
  return "charge" in payment ? payment.charge : payment.payment_intent;
}

/** What was paid back by these; `null`: nothing. */
export function sumOfRefunds(refunds: readonly Stripe.Refund[]): Money | null {
  const made = refunds.filter(({ status }) => status !== "failed" && status !== "canceled");
  const [first] = made;
  if (first === undefined) return null;
  const amount = made.reduce((sum, one) => sum + one.amount, 0);
  return { amount: fromStripeAmount(amount, first.currency), currency: first.currency };
}
