import type { DisputeFacts, EarlierPayment } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { idOf, idOrNull } from "../language/id-of.js";
import { toIsoTime } from "../language/to-iso-time.js";

/** The most charges that are looked through. */
const mostCharges = 1000;

/** What Stripe holds about a disputed charge that is evidence. It keeps no address or device of who paid. */
export async function readDisputeFacts(
  call: CallStripe,
  dispute: Stripe.Dispute,
  subscriptionId: string | null,
): Promise<DisputeFacts> {
  const charge = await call((client) => client.charges.retrieve(idOf(dispute.charge)));
  const customer = idOrNull(charge.customer);
  const { billing_details, receipt_url, receipt_email, description, created } = charge;
  const payer = await readPayer(call, customer);
  const card = dispute.payment_method_details?.card;
  return {
    paidAt: toIsoTime(created),
    description,
    customerEmail: billing_details.email ?? receipt_email ?? payer.email,
    customerName: billing_details.name ?? payer.name,
    billingAddress: addressOf(billing_details.address),
    receiptUrl: receipt_url,
    termsAcceptedAt: await readTerms(call, subscriptionId),
    // https://docs.stripe.com/disputes/api/visa-ce3
    isVisaFraud: card?.brand === "visa" && card.network_reason_code === "10.4",
    earlier: customer === null ? [] : await readEarlier(call, customer, charge, payer.email),
  };
}

async function readPayer(call: CallStripe, customer: string | null) {
  const nobody = { email: null, name: null };
  if (customer === null) return nobody;
  const found = await call((client) => client.customers.retrieve(customer));
  return found.deleted ? nobody : { email: found.email, name: found.name ?? null };
}

function addressOf(address: Stripe.Address | null): string | null {
  if (address === null) return null;
  const { line1, line2, postal_code, city, state, country } = address;
  return [line1, line2, postal_code, city, state, country].filter(Boolean).join(", ") || null;
}

/** When the checkout's terms were accepted, where it asked for that. */
async function readTerms(call: CallStripe, subscription: string | null): Promise<string | null> {
  if (subscription === null) return null;
  const { data } = await call((client) => client.checkout.sessions.list({ subscription, limit: 10 }));
  const accepted = data.find(({ consent }) => consent?.terms_of_service === "accepted");
  return accepted === undefined ? null : toIsoTime(accepted.created);
}

/** Charges of the same card that went well and stayed paid. */
async function readEarlier(
  call: CallStripe,
  customer: string,
  disputed: Stripe.Charge,
  email: string | null,
): Promise<readonly EarlierPayment[]> {
  const fingerprint = disputed.payment_method_details?.card?.fingerprint;
  const charges = await call((client) =>
    client.charges
      .list({ customer, created: { lt: disputed.created }, limit: 100 })
      .autoPagingToArray({ limit: mostCharges }),
  );
  return charges
    .filter((one) => one.status === "succeeded" && !one.disputed && one.amount_refunded === 0)
    .filter((one) => Boolean(fingerprint) && one.payment_method_details?.card?.fingerprint === fingerprint)
    .map((one) => {
      const customerEmail = one.billing_details.email ?? one.receipt_email ?? email;
      const identity = customerEmail === null ? {} : { customerEmail };
      return { paymentId: one.id, paidAt: toIsoTime(one.created), description: one.description, identity };
    });
}
