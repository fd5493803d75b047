import type { AccessFacts, UsageInput } from "@tollgate/core";
import type { KnownPlans } from "../catalog/known-plans.js";
import type { CatalogContext } from "../context/billing-context.js";

export interface UsageContext extends CatalogContext {
  readonly knownPlans: Pick<KnownPlans, "of">;
  readonly graceDays: number;
}

/** What usage is decided from, read now: never from memory, because a count depends on it. */
export async function readUsageFacts(context: UsageContext, customerId: string): Promise<UsageInput> {
  const now = context.clock();
  const facts = await context.store.readAccessFacts(customerId, context.providers.ids, now);
  return toInput(context, customerId, facts, now);
}

/** The same of many, in one read. */
export async function readManyUsageFacts(
  context: UsageContext,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, UsageInput>> {
  const now = context.clock();
  const all = await context.store.readManyAccessFacts(customerIds, context.providers.ids, now);
  const inputs = new Map<string, UsageInput>();
  for (const [id, facts] of all) inputs.set(id, await toInput(context, id, facts, now));
  return inputs;
}

async function toInput(
  { knownPlans, graceDays }: UsageContext,
  customerId: string,
  facts: AccessFacts,
  now: Date,
): Promise<UsageInput> {
  const { hasBillingAccount, subscriptions, usage: counts } = facts;
  const catalog = await knownPlans.of(subscriptions);
  const customer = { id: customerId, canManage: false, hasBillingAccount };
  return { catalog, customer, subscriptions, counts, graceDays, now };
}
