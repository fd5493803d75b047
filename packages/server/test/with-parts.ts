import type { BillingProvider, CustomersMadeFirst, ProviderPortal, PushedCatalog } from "@tollgate/core";

/** What a test replaces of a provider. */
export interface ProviderParts {
  readonly catalog?: Partial<PushedCatalog>;
  readonly customers?: Partial<CustomersMadeFirst>;
  readonly checkout?: Partial<BillingProvider["checkout"]>;
  readonly manage?: Partial<BillingProvider["manage"]>;
  readonly subscriptions?: Partial<BillingProvider["subscriptions"]>;
  readonly events?: Partial<BillingProvider["events"]>;
}

/** The same provider with other parts; for whichever app it is asked for. */
export function withParts(provider: BillingProvider, parts: ProviderParts): BillingProvider {
  const own: BillingProvider = {
    ...provider,
    forApp: () => own,
    catalog: { ...pushedOf(provider), ...parts.catalog },
    customers: { ...customersOf(provider), ...parts.customers },
    checkout: { ...provider.checkout, ...parts.checkout },
    manage: { ...provider.manage, ...parts.manage },
    subscriptions: { ...provider.subscriptions, ...parts.subscriptions },
    events: { ...provider.events, ...parts.events },
  };
  return own;
}

/** Customers that we make first, as at Stripe. */
export function customersOf({ customers }: BillingProvider): CustomersMadeFirst {
  if (customers.kind !== "made_first") throw new Error(`The customers are ${customers.kind}.`);
  return customers;
}

/** A catalog that we push, as to Stripe. */
export function pushedOf({ catalog }: BillingProvider): PushedCatalog {
  if (catalog.kind !== "pushed") throw new Error(`The catalog is ${catalog.kind}.`);
  return catalog;
}

/** The provider's own pages, which Stripe has. */
export function portalOf({ manage }: BillingProvider): ProviderPortal {
  if (manage.portal === null) throw new Error("There is no portal.");
  return manage.portal;
}
