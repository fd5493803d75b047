import type Stripe from "stripe";

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

async function latestOf(stripe: Stripe, customer: string): Promise<Stripe.Charge | undefined> {
  const { data } = await stripe.charges.list({ customer, limit: 10 });
  return data.find(({ status, refunded, disputed }) => status === "succeeded" && !refunded && !disputed);
}
