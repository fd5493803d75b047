import type { Dispute, FoundDispute, FoundWarning, ProviderDisputes } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { isMissing } from "../client/to-provider-error.js";
import { idOf } from "../language/id-of.js";
import { toIsoTime } from "../language/to-iso-time.js";
import { findInvoice, readPaymentBooks } from "../refunds/read-books.js";
import { paymentOf } from "../refunds/refunds.js";
import { readDisputeFacts } from "./read-dispute-facts.js";
import { refundWarned } from "./refund-warned.js";
import { saveEvidence } from "./save-evidence.js";
import { toDispute } from "./to-dispute.js";

/** The most charges that are looked through. */
const mostCharges = 1000;

/** What Stripe can do about disputes: https://docs.stripe.com/disputes/api */
export function createDisputes(call: CallStripe, provider: string): ProviderDisputes {
  return {
    read: (disputeId) => readDispute(call, provider, disputeId),
    readFacts: (disputeId) => readWithFacts(call, provider, disputeId),
    saveEvidence: (input) => saveEvidence(call, input),
    list: (providerCustomerId) => listDisputes(call, provider, providerCustomerId),
    readWarning: (warningId) => readWarning(call, provider, warningId),
    refundWarned: (input) => refundWarned(call, input),
  };
}

async function readDispute(call: CallStripe, provider: string, id: string): Promise<FoundDispute | null> {
  const dispute = await orNull(call((client) => client.disputes.retrieve(id)));
  const payment = dispute && paymentOf(dispute);
  const found = payment && (await readPaymentBooks(call, provider, payment));
  if (!found) return null;
  const { books, stamp } = found;
  return { dispute: toDispute(provider, dispute, books.invoiceId), books, stamp };
}

async function readWithFacts(
  call: CallStripe,
  provider: string,
  id: string,
): ReturnType<ProviderDisputes["readFacts"]> {
  const found = await readDispute(call, provider, id);
  if (found === null) return null;
  const dispute = await call((client) => client.disputes.retrieve(id));
  return { ...found, facts: await readDisputeFacts(call, dispute, found.books.subscriptionId) };
}

async function readWarning(call: CallStripe, provider: string, id: string): Promise<FoundWarning | null> {
  const found = await orNull(call((client) => client.radar.earlyFraudWarnings.retrieve(id)));
  const payment = found && paymentOf({ payment_intent: found.payment_intent ?? null, charge: found.charge });
  const paid = payment && (await readPaymentBooks(call, provider, payment));
  if (!paid) return null;
  const { fraud_type: kind, created } = found;
  const warning = { id, provider, paymentId: idOf(found.charge), kind, createdAt: toIsoTime(created) };
  return { warning, books: paid.books, stamp: paid.stamp };
}

/** Stripe lists disputes of one charge only, so it goes through the customer's charges. */
async function listDisputes(
  call: CallStripe,
  provider: string,
  customer: string,
): Promise<readonly Dispute[]> {
  const charges = await call((client) =>
    client.charges.list({ customer, limit: 100 }).autoPagingToArray({ limit: mostCharges }),
  );
  const found: Dispute[] = [];
  for (const { id, payment_intent } of charges.filter(({ disputed }) => disputed)) {
    const { data } = await call((client) => client.disputes.list({ charge: id, limit: 100 }));
    const payment = paymentOf({ payment_intent, charge: id });
    const invoiceId = payment && (await findInvoice(call, payment));
    found.push(...data.map((one: Stripe.Dispute) => toDispute(provider, one, invoiceId)));
  }
  return found.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

async function orNull<T>(request: Promise<T>): Promise<T | null> {
  try {
    return await request;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
