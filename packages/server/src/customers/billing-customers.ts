import { BillingError, type CustomerLink, isCustomerId } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { atProvider } from "../context/providers.js";
import { findAccount, listRunning } from "./find-account.js";

/** Which of the provider's customers yours are. */
export interface BillingCustomers {
  /**
   * The provider's customer as whom one of yours is billed, to look them up or to call the provider's own API; `null`
   * for anyone who has none yet, because it is created with the first checkout. One that was deleted at the provider is
   * no longer found. Of several providers, it is the one that bills a running subscription, otherwise the first that
   * knows them, or the one that is asked for. Reads the store, never the provider.
   *
   * @param options.provider Only this one, by its id.
   * @throws BillingError `invalid_customer_id`, `invalid_options` for no id at all, `provider_not_configured`,
   * `store_unavailable`
   * @example
   * const customer = await billing.customers.find("org_1");
   * customer?.providerCustomerId; // "cus_…", https://docs.stripe.com/api/customers
   */
  readonly find: (
    customerId: string,
    options?: { readonly provider?: string },
  ) => Promise<CustomerLink | null>;
}

/** The links as `billing.customers`. */
export function createCustomers(open: () => Promise<BillingContext>): BillingCustomers {
  return {
    async find(customerId, options = {}) {
      checkCustomerId(customerId);
      const context = await open();
      const found =
        options.provider === undefined
          ? await findAccount(context, customerId, await listRunning(context, customerId))
          : await atProvider(context, options.provider).store.findCustomer(customerId, options.provider);
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
