import { type Catalog, type CatalogChange, checkCatalog, grantsOf, withDeparted } from "@tollgate/core";
import type { CatalogContext } from "../context/billing-context.js";
import { atProvider } from "../context/providers.js";
import { checkForSale } from "./check-for-sale.js";
import type { ComparedChange, PlansComparison } from "./plans-comparison.js";
import { sayComparison } from "./say-comparison.js";

/** What `billing.comparePlans` compares. */
export interface ComparePlansOptions {
  /** Another catalog than the one that `createBilling` was given. @default that one */
  readonly plans?: Catalog;
  /** With which of several providers, by its id. @default the one that sells */
  readonly provider?: string;
}

/**
 * What `pushPlans` would do; changes nothing.
 *
 * @throws BillingError `invalid_catalog`, `catalog_of_another_database`, `provider_unavailable`, `provider_rejected`,
 * `provider_not_configured`, `store_unavailable`
 */
export async function comparePlans(
  selling: CatalogContext,
  { plans = selling.catalog, provider: chosen = selling.provider.id }: ComparePlansOptions = {},
): Promise<PlansComparison> {
  checkCatalog(plans);
  const { provider, store, owner } = atProvider(selling, chosen);
  if (provider.id === selling.provider.id) checkForSale(plans, provider);
  const all = await provider.catalog.compare(plans, { database: owner.database });
  const found = all.filter(({ action }) => action !== "unchanged");
  const kept = found.filter(leavesPrice).flatMap(({ providerId }) => providerId ?? []);
  const payers = kept.length === 0 ? [] : await store.countPayers(provider.id, kept);
  const changes = found.map((one): ComparedChange => {
    const payer = payers.find(({ priceId }) => priceId === one.providerId);
    return { ...one, customers: leavesPrice(one) ? (payer?.customers ?? 0) : null };
  });
  const inUse = await store.countSubscribers(Object.keys(plans.plans));
  const isUpToDate = changes.length === 0 && inUse.length === 0;
  const compared = { provider: provider.id, isUpToDate, changes, inUse };
  // What has left the catalog is named as well.
  const named = withDeparted(plans, [...grantsOf(selling.catalog), ...(await store.listPlans())]);
  return { ...compared, summary: sayComparison(compared, named, selling.catalog) };
}

/** Whether somebody may be left on the price that there is. */
function leavesPrice({ kind, action }: CatalogChange): boolean {
  return kind === "price" && (action === "replaced" || action === "archived");
}
