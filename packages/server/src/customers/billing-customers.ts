import { BillingError, type CustomerLink, isCustomerId } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";

/** Which of the provider's customers yours are. */
export interface BillingCustomers {
  /**
   * The provider's customer as whom one of yours is billed, to look them up or to call the provider's own API; `null`
   * for anyone who has none yet, because it is created with the first checkout. One that was deleted at the provider is
   * no longer found. Reads the store, never the provider.
   *
   * @throws BillingError `invalid_customer_id`, `invalid_options` for no id at all, `store_unavailable`
   * @example
   * const customer = await billing.customers.find("org_1");
   * customer?.providerCustomerId; // "cus_…", https://docs.stripe.com/api/customers
   */
  readonly find: (customerId: string) => Promise<CustomerLink | null>;
}

/** The links as `billing.customers`. */
export function createCustomers(open: () => Promise<BillingContext>): BillingCustomers {
  return {
    async find(customerId) {
      checkCustomerId(customerId);
      const { store, provider } = await open();
      const found = await store.findCustomer(customerId, provider.id);
      return found && { customerId, provider: found.provider, providerCustomerId: found.providerCustomerId };
    },
  };
}

/** @throws BillingError `invalid_customer_id`, `invalid_options` for no id at all */
export function checkCustomerId(customerId: string): void {
  if (isCustomerId(customerId)) return;
  throw new BillingError(
    customerId ? "invalid_customer_id" : "invalid_options",
    "`customerId` must be your own id of the customer, a string of 1 to 200 characters.",
  );
}
