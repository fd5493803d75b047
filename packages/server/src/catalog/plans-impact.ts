import {
  type Catalog,
  checkCatalog,
  grantsOf,
  type PlansImpact,
  tallyImpact,
  withDeparted,
} from "@tollgate/core";
import type { CatalogContext } from "../context/billing-context.js";

interface ImpactContext extends CatalogContext {
  readonly graceDays: number;
}

/** How many customers are read at once. */
const pageSize = 20;

/**
 * What another catalog would mean for everybody with a running subscription: their access is decided by both.
 *
 * @throws BillingError `invalid_catalog`, `store_unavailable`
 */
export async function plansImpact(context: ImpactContext, next: Catalog): Promise<PlansImpact> {
  checkCatalog(next);
  const { store, catalog, graceDays } = context;
  const now = context.clock();
  const remembered = await store.listPlans();
  const before = withDeparted(catalog, remembered);
  // Whoever is on a plan that is left out keeps what it grants now.
  const granted = grantsOf(catalog);
  const departed = remembered.filter((one) => granted.every(({ planId }) => planId !== one.planId));
  const after = withDeparted(next, [...granted, ...departed]);
  const tally = tallyImpact({ before, after }, { graceDays, now });
  const providers = context.providers.ids;
  for (let last: string | null = null; ; ) {
    const page: readonly string[] = await store.listSubscribers({ after: last, limit: pageSize });
    const facts = await Promise.all(page.map((id) => store.readAccessFacts(id, providers, now)));
    for (const [index, { subscriptions, usage }] of facts.entries()) {
      tally.add({ customerId: page[index] ?? "", subscriptions, counts: usage });
    }
    last = page.at(-1) ?? null;
    if (page.length < pageSize) return tally.report();
  }
}
