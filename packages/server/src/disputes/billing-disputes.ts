import type { Dispute } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { atEachProvider } from "../context/providers.js";
import { checkCustomerId } from "../customers/billing-customers.js";

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
  return {
    async list({ customerId }) {
      checkCredentials();
      checkCustomerId(customerId);
      return listDisputes(await open(), customerId);
    },
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
