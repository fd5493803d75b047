import type { BillingContext } from "../context/billing-context.js";
import { checkCustomerId } from "../customers/billing-customers.js";
import type { EndingRules } from "../endings/ending-rules.js";
import { type DeletionResult, type DeletionWish, deleteCustomer } from "./delete-customer.js";

/** Deletes customers; called by your own server code. */
export interface CustomerDeletions {
  /**
   * Deletes a customer, as a privacy request asks for: closes their open checkouts, ends at once what runs, has the
   * provider delete them, deletes what is stored, and keeps what the law asks for (which plan, when, for how much) under
   * a random reference. Nothing of it is billed unseen: what is paid for meanwhile is ended and paid back, and comes as
   * `customer.deleted` under that reference; late webhooks are recorded and make nobody anew. Call it again after an
   * error: it does what is left, or tells what was done. What the provider keeps by law stays with it.
   *
   * @throws BillingError `not_supported` where a provider can't end something at once, or not with this settlement, and
   * `provider_not_configured`: nothing was begun; `invalid_customer_id`, `provider_rejected`, `provider_forbidden`,
   * `store_unavailable`: it is finished in the background
   * @example
   * const deleted = await billing.customers.delete({ customerId: "org_1", settlement: "refund" });
   * if (deleted.outcome === "done") console.warn(deleted.ended.length, deleted.providers, deleted.kept);
   */
  readonly delete: (wish: DeletionWish) => Promise<DeletionResult>;
}

/** The deletions as a part of `billing.customers`. */
export function createCustomerDeletions({
  open,
  checkCredentials,
  endings: { cancelNow },
}: {
  readonly open: () => Promise<BillingContext>;
  /** @throws BillingError `invalid_options` where production lacks a credential */
  readonly checkCredentials: () => void;
  readonly endings: Pick<EndingRules, "cancelNow">;
}): CustomerDeletions {
  return {
    async delete(wish) {
      checkCredentials();
      checkCustomerId(wish.customerId);
      const settlement = wish.settlement ?? (cancelNow === false ? "nothing" : cancelNow);
      return deleteCustomer(await open(), { ...wish, settlement });
    },
  };
}
