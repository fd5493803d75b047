import {
  assembleEvidence,
  BillingError,
  type DisputeEvidence,
  type EvidenceGiven,
  type PaymentBooks,
  type ProviderDisputes,
  type Store,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { atEachProvider } from "../context/providers.js";
import { findPayer } from "../sync/find-payer.js";

/** Which dispute, and what your app adds to what is known of it. */
export interface EvidenceWish extends EvidenceGiven {
  /** The provider's id: `du_…`. */
  readonly disputeId: string;
}

/** Evidence, and who takes it. */
interface Assembled {
  readonly evidence: DisputeEvidence;
  readonly port: ProviderDisputes;
}

/** @throws BillingError `not_found` for a dispute of nobody here, `not_supported` */
export async function assemble(everyone: BillingContext, wish: EvidenceWish): Promise<Assembled> {
  const able = atEachProvider(everyone).filter(({ provider }) => provider.disputes !== undefined);
  if (able.length === 0) throw new BillingError("not_supported", "The payment provider tells no disputes.");
  for (const context of able) {
    const port = context.provider.disputes;
    const found = (await port?.readFacts(wish.disputeId)) ?? null;
    if (port === undefined || found === null) continue;
    const payer = await findPayer(context, found, null);
    if (payer.kind === "nobody") continue;
    return { port, evidence: await toEvidence(context, found, payer.customerId, wish) };
  }
  throw new BillingError("not_found", "There is no such dispute.");
}

async function toEvidence(
  { store, provider }: BillingContext,
  found: NonNullable<Awaited<ReturnType<ProviderDisputes["readFacts"]>>>,
  customerId: string,
  given: EvidenceGiven,
): Promise<DisputeEvidence> {
  const { dispute, books, facts } = found;
  const { subscriptionId, period } = books;
  const bought = subscriptionId && (await store.findSubscription(subscriptionId, provider.id));
  const { customerEmail } = facts;
  const terms = await findTerms(store, provider.id, books);
  return assembleEvidence({
    dispute,
    known: {
      account: customerId,
      plan: bought ? `${bought.planId}, since ${bought.startedAt}` : null,
      productDescription: facts.description,
      serviceDate: period?.start ?? facts.paidAt,
      customerEmail,
      customerName: facts.customerName,
      billingAddress: facts.billingAddress,
      termsAccepted: terms ?? facts.termsAcceptedAt,
      invoice: dispute.invoiceId,
      receipt: facts.receiptUrl,
    },
    payment: {
      paidAt: facts.paidAt,
      identity: { accountId: customerId, ...(customerEmail !== null && { customerEmail }) },
    },
    isVisaFraud: facts.isVisaFraud,
    earlier: facts.earlier.map((one) => ({ ...one, identity: { accountId: customerId, ...one.identity } })),
    given,
  });
}

/** When the terms were accepted with which the disputed payment was bought, and at which checkout. */
async function findTerms(
  store: Store,
  provider: string,
  { subscriptionId, checkoutId = null }: PaymentBooks,
): Promise<string | null> {
  const bought = subscriptionId !== null ? { subscriptionId } : checkoutId !== null ? { checkoutId } : null;
  const consent = bought && (await store.findConsent({ provider, bought }));
  return consent?.terms ? `${consent.agreedAt}, at checkout ${consent.checkoutId}` : null;
}

/** @throws BillingError `dispute_not_open` for one that was answered or decided */
export async function hand(everyone: BillingContext, wish: EvidenceWish, submit: boolean) {
  const { evidence, port } = await assemble(everyone, wish);
  const { status, id } = evidence.dispute;
  if (status !== "needs_response") {
    const details = { disputeId: id, status };
    throw new BillingError("dispute_not_open", "The dispute takes no evidence any more.", { details });
  }
  // Staged first: whoever looks at the provider sees exactly what was submitted.
  await port.saveEvidence({ evidence, submit: false });
  if (submit) await port.saveEvidence({ evidence, submit: true });
  return evidence;
}
