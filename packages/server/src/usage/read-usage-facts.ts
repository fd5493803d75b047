import type { UsageInput } from "@tollgate/core";
import type { KnownPlans } from "../catalog/known-plans.js";
import type { CatalogContext } from "../context/billing-context.js";

export interface UsageContext extends CatalogContext {
  readonly knownPlans: Pick<KnownPlans, "of">;
  readonly graceDays: number;
}

/** What usage is decided from, read now: never from memory, because a count depends on it. */
export async function readUsageFacts(context: UsageContext, customerId: string): Promise<UsageInput> {
  const { knownPlans, graceDays, providers, store } = context;
  const now = context.clock();
  const facts = await store.readAccessFacts(customerId, providers.ids, now);
  const { hasBillingAccount, subscriptions, usage: counts } = facts;
  const catalog = await knownPlans.of(subscriptions);
  const customer = { id: customerId, canManage: false, hasBillingAccount };
  return { catalog, customer, subscriptions, counts, graceDays, now };
}
