import type { ProviderCheckout } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { idOrNull } from "../language/id-of.js";

/**
 * Whether the money of a completed checkout is still on its way. The session itself stays `unpaid` when it does not
 * arrive; the payment knows (https://docs.stripe.com/payments/paymentintents/lifecycle).
 */
export async function readDebit(
  call: CallStripe,
  session: Stripe.Checkout.Session,
): Promise<ProviderCheckout["payment"]> {
  const intents = await readIntents(call, session);
  if (intents.some(({ status }) => status === "succeeded")) return "paid";
  const hasFailed = ({ status }: Stripe.PaymentIntent) =>
    status === "requires_payment_method" || status === "canceled";
  return intents.length > 0 && intents.every(hasFailed) ? "failed" : "processing";
}

/** A plan's payments are attached to its first invoice. */
async function readIntents(
  call: CallStripe,
  { payment_intent, invoice }: Stripe.Checkout.Session,
): Promise<readonly Stripe.PaymentIntent[]> {
  const intentId = idOrNull(payment_intent);
  if (intentId !== null) return [await call((client) => client.paymentIntents.retrieve(intentId))];
  const invoiceId = idOrNull(invoice);
  if (invoiceId === null) return [];
  const params = { invoice: invoiceId, limit: 100, expand: ["data.payment.payment_intent"] };
  const { data } = await call((client) => client.invoicePayments.list(params));
  return data.flatMap(({ payment }) => {
    const intent = payment.payment_intent;
    return typeof intent === "object" ? [intent] : [];
  });
}
