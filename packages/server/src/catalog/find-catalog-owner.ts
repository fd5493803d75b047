import type { BillingProvider } from "@tollgate/core";

/** The database whose catalog is at the provider under our app's name; `null`: nobody's, as for one that is mapped. */
export async function findCatalogOwner({ catalog }: BillingProvider): Promise<string | null> {
  return catalog.kind === "pushed" ? catalog.findOwner() : null;
}
