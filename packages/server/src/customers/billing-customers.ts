import { BillingError, type CustomerLink, isCustomerId } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { atProvider } from "../context/providers.js";
import { type CustomerUpdate, chooseProfile, type UpdatedCustomer } from "./choose-profile.js";
import { type CustomerExport, exportCustomer } from "./export-customer.js";
import { findAccount, listRunning } from "./find-account.js";

/** Which of the provider's customers yours are, and what they are called. */
export interface KnownCustomers {
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
  /**
   * Gives the provider the email and name that your app has for a customer now, wherever they are known. From then on it
   * counts, whoever clicks: what `identify` says only fills in what was never chosen, and what is changed on the
   * provider's pages or in its dashboard counts from then on and comes as `customer.updated`. While the provider is out
   * of reach it waits and is given in the background. An empty list: they are known nowhere yet, and the first checkout
   * gives what `identify` says.
   *
   * @throws BillingError `invalid_customer_id`, `invalid_options`, `provider_rejected`, `store_unavailable`
   * @example
   * const [updated] = await billing.customers.update({ customerId: "org_1", email: "office@example.com" });
   * updated?.outcome; // "done", or "waiting"
   */
  readonly update: (update: CustomerUpdate) => Promise<readonly UpdatedCustomer[]>;
  /**
   * Everything that is stored of a customer, as one JSON document, for a request to see it: who they are at the
   * providers, subscriptions, purchases, checkouts, usage, events and callbacks; nobody else's, no secrets, none of the
   * store's own bookkeeping. Cards, addresses, tax ids and invoices are at the provider alone. It is read while it is
   * sent, so that no amount of it fills the memory.
   *
   * @throws BillingError `invalid_customer_id`, `store_unavailable`
   * @example
   * const exported = await billing.customers.export({ customerId: "org_1" });
   * const headers = { "content-type": "application/json" };
   * const response = new Response(exported.stream(), { headers });
   */
  readonly export: (whom: { readonly customerId: string }) => Promise<CustomerExport>;
}

/** The links as a part of `billing.customers`. */
export function createKnownCustomers({
  open,
  checkCredentials,
}: {
  readonly open: () => Promise<BillingContext>;
  /** @throws BillingError `invalid_options` where production lacks a credential */
  readonly checkCredentials: () => void;
}): KnownCustomers {
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
    async export({ customerId }) {
      checkCustomerId(customerId);
      return exportCustomer(await open(), customerId);
    },
    async update(update) {
      checkCredentials();
      checkCustomerId(update.customerId);
      return chooseProfile(await open(), update);
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
