import type { Pool } from "pg";
import type Stripe from "stripe";
import { toldTypes } from "./after-the-kills.js";

/** Gives the customer's latest payment back, or a part of it. */
export async function refundCharge(stripe: Stripe, customer: string, whole: boolean): Promise<void> {
  const charge = await latestOf(stripe, customer);
  if (charge === undefined) return;
  await stripe.refunds.create({ charge: charge.id, ...(!whole && { amount: 1 }) });
}

/** The customer's bank contests the latest payment; what is lost is lost at once. */
export async function disputeCharge(
  stripe: Stripe,
  customer: string,
  { how, lost }: { readonly how: string; readonly lost: boolean },
): Promise<void> {
  const charge = await latestOf(stripe, customer);
  if (charge === undefined) return;
  await stripe.rawRequest("POST", `/v1/sandbox/charges/${charge.id}/dispute`, { kind: `dispute_${how}` });
  const { data } = await stripe.disputes.list({ charge: charge.id });
  if (lost && data[0] !== undefined) await stripe.disputes.close(data[0].id);
}

/** A bank takes the whole of a payment back, and nobody answers. */
export async function disputeAll(stripe: Stripe, charge: string): Promise<void> {
  await stripe.rawRequest("POST", `/v1/sandbox/charges/${charge}/dispute`, { kind: "dispute_fraudulent" });
  const { data } = await stripe.disputes.list({ charge });
  if (data[0] !== undefined) await stripe.disputes.close(data[0].id);
}

/** What went back to this customer, or was taken back, without the app having been told. */
export async function untoldReturns(
  stripe: Stripe,
  pool: Pool,
  user: string,
  customer: string,
): Promise<string[]> {
  const told = await toldTypes(pool, user);
  const { data } = await stripe.charges.list({ customer, limit: 100 });
  const wanted = data.flatMap(({ amount_refunded, disputed }) => [
    ...(amount_refunded > 0 ? ["refund.succeeded"] : []),
    ...(disputed ? ["dispute.closed"] : []),
  ]);
  return wanted.filter((type) => !told.includes(type));
}

async function latestOf(stripe: Stripe, customer: string): Promise<Stripe.Charge | undefined> {
  const { data } = await stripe.charges.list({ customer, limit: 10 });
  return data.find(({ status, refunded, disputed }) => status === "succeeded" && !refunded && !disputed);
}
