import type { Owner } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";

/** What an app is told about a provider's customer that nobody is linked to. */
export interface UnknownCustomer {
  /** Whose customer it is: two accounts may have the same id for two. */
  readonly provider: string;
  readonly providerCustomerId: string;
  readonly email: string | null;
  /** As somebody wrote it at the provider; without a prototype, so any key is just a key. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Returns your own id for a provider's customer; `null`: you don't know, and nothing is linked. Asked when an event of
 * such a customer arrives (in the background; again later if it throws), before a checkout or the portal opens for a
 * person with that address, and by `billing.reconcile`.
 *
 * An address at the provider is no proof of who somebody is: whoever pays a payment link may enter any. Whoever is
 * named here is given the customer's subscriptions, invoices and cards: rely on metadata that your own server wrote, or
 * on an address only if you created all customers yourself and verified your users' addresses.
 *
 * @example
 * import type { UnknownCustomer } from "@tollgate/server";
 *
 * const identifyCustomer = ({ metadata }: UnknownCustomer) => metadata.org_id ?? null;
 */
export type IdentifyCustomer = (customer: UnknownCustomer) => string | null | Promise<string | null>;

/** What is needed by rooms that ask whose a customer is, or create one at the provider. */
export interface CustomersContext extends BillingContext {
  /** Whose a customer that nobody here knows is, according to the app; `null`: it doesn't know. */
  readonly identifyCustomer: IdentifyCustomer | null;
  /** Who we are, once the database is bound to this app: asked before anything is left at the provider. */
  readonly bindDatabase: () => Promise<Owner>;
}
