import { BillingError, decideOwnership, isCustomerId, type ProviderCustomer } from "@tollgate/core";
import { findCatalogOwner } from "../catalog/find-catalog-owner.js";
import type { CustomersContext } from "./identify-customer.js";

/**
 * The app's own id for a provider's customer that nobody is linked to: by what Tollgate left there, otherwise according
 * to the app. `null`: nobody known here, or another app's or database's.
 *
 * @throws what the app's `identifyCustomer` throws, and BillingError `invalid_options` for an answer that is not an id
 */
export async function findOwner(
  context: CustomersContext,
  customer: ProviderCustomer,
): Promise<string | null> {
  if (customer.deleted) return null;
  const { providerCustomerId } = customer;
  if (context.provider.customers.kind === "same_as_app") {
    return isCustomerId(providerCustomerId) ? providerCustomerId : null;
  }
  const owner = context.owner;
  switch (decideOwnership(customer.stamp, owner)) {
    case "ours":
      return customer.customerId;
    case "unclaimed": {
      // What an older version left, without any name, belongs to whoever owns the catalog.
      const catalogOwner = await findCatalogOwner(context.provider);
      return catalogOwner === null || catalogOwner === owner.database ? customer.customerId : null;
    }
    case "unmarked":
      return askApp(context, customer);
    case "other_app":
    case "other_database":
      return null;
  }
}

/** According to the app alone. */
export async function askApp(
  { identifyCustomer, provider }: Pick<CustomersContext, "identifyCustomer" | "provider">,
  {
    providerCustomerId,
    email,
    metadata,
  }: Pick<ProviderCustomer, "providerCustomerId" | "email" | "metadata">,
): Promise<string | null> {
  if (identifyCustomer === null) return null;
  const answer: unknown = await identifyCustomer({
    provider: provider.id,
    providerCustomerId,
    email,
    metadata,
  });
  if (answer === null || isCustomerId(answer)) return answer;
  throw new BillingError(
    "invalid_options",
    "`identifyCustomer` must give null, or a string of 1 to 200 characters.",
  );
}
