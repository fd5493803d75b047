import type { Dispute, DisputeEvidence } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { atEachProvider } from "../context/providers.js";
import { checkCustomerId } from "../customers/billing-customers.js";
import { assemble, type EvidenceWish, hand } from "./dispute-evidence.js";

/** Contested payments, as `billing.disputes`; for your own server code. */
export interface BillingDisputes {
  /**
   * A customer's disputes at every provider, the latest first: what is contested, where it stands, and until when it can
   * be answered.
   *
   * @throws BillingError `invalid_customer_id`, `provider_unavailable`, `store_unavailable`
   * @example
   * const disputes = await billing.disputes.list({ customerId: "org_1" });
   * for (const { id, status, respondBy } of disputes) console.log(id, status, respondBy);
   */
  readonly list: (whose: { readonly customerId: string }) => Promise<readonly Dispute[]>;
  /**
   * The evidence about a dispute from what the provider and Tollgate hold (account, plan, service date, email, name,
   * address, invoice, receipt, accepted terms, and two earlier payments for Visa's Compelling Evidence 3.0), and by name
   * what is `missing`: what only your app knows, such as addresses, devices and a log of use, you give. Changes nothing.
   *
   * @throws BillingError `not_found`, `not_supported`, `provider_unavailable`
   * @example
   * const { fields, missing, compelling } = await billing.disputes.evidence({ disputeId: "du_1" });
   * if (missing.includes("accessLog")) console.warn("Who used it, when and from where?", fields.account);
   * compelling?.earlier.map(({ paymentId }) => paymentId); // those whose addresses or devices are wanted
   */
  readonly evidence: (wish: EvidenceWish) => Promise<DisputeEvidence>;
  /**
   * Stages the same at the provider, where a person can look at it and change it. Nothing is handed in.
   *
   * @throws BillingError `dispute_not_open`, and as `evidence`
   * @example
   * await billing.disputes.save({ disputeId: "du_1", fields: { accessLog: "2026-03-02 09:12 UTC, 203.0.113.7: export" } });
   */
  readonly save: (wish: EvidenceWish) => Promise<DisputeEvidence>;
  /**
   * Stages it, and hands it in for good: banks read what they get once. It never happens by itself.
   *
   * @throws BillingError `dispute_not_open`, and as `evidence`
   * @example
   * await billing.disputes.submit({ disputeId: "du_1", fields: { purchaseIp: "203.0.113.7" } });
   */
  readonly submit: (wish: EvidenceWish) => Promise<DisputeEvidence>;
}

/** The disputes as `billing.disputes`. */
export function createBillingDisputes({
  open,
  checkCredentials,
}: {
  readonly open: () => Promise<BillingContext>;
  /** @throws BillingError `invalid_options` where production lacks a credential */
  readonly checkCredentials: () => void;
}): BillingDisputes {
  const ready = async () => {
    checkCredentials();
    return open();
  };
  return {
    async list({ customerId }) {
      checkCustomerId(customerId);
      return listDisputes(await ready(), customerId);
    },
    evidence: async (wish) => (await assemble(await ready(), wish)).evidence,
    save: async (wish) => hand(await ready(), wish, false),
    submit: async (wish) => hand(await ready(), wish, true),
  };
}

async function listDisputes(everyone: BillingContext, customerId: string): Promise<readonly Dispute[]> {
  const lists: (readonly Dispute[])[] = [];
  for (const { store, provider } of atEachProvider(everyone)) {
    const link = await store.findCustomer(customerId, provider.id);
    const ids = await store.listRetiredCustomers(customerId, provider.id);
    for (const id of link === null ? ids : [link.providerCustomerId, ...ids])
      lists.push((await provider.disputes?.list(id)) ?? []);
  }
  return lists.flat().sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}
