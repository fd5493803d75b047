import type { BillingContext } from "../context/billing-context.js";
import { createKnownCustomers, type KnownCustomers } from "../customers/billing-customers.js";
import { type CustomerDeletions, createCustomerDeletions } from "../deletions/customer-deletions.js";
import type { EndingRules } from "../endings/ending-rules.js";

/** Who your customers are at the provider, as `billing.customers`. */
export interface BillingCustomers extends KnownCustomers, CustomerDeletions {}

/** Made of the rooms that find, update and delete them. */
export function createCustomers(parts: {
  readonly open: () => Promise<BillingContext>;
  /** @throws BillingError `invalid_options` where production lacks a credential */
  readonly checkCredentials: () => void;
  readonly endings: Pick<EndingRules, "cancelNow">;
}): BillingCustomers {
  return { ...createKnownCustomers(parts), ...createCustomerDeletions(parts) };
}
