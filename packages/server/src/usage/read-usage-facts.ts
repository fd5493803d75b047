import type { AccessFacts, UsageInput } from "@tollgate/core";
import type { KnownPlans } from "../catalog/known-plans.js";
import type { CatalogContext } from "../context/billing-context.js";

export interface UsageContext extends CatalogContext {
  readonly knownPlans: Pick<KnownPlans, "of">;
  readonly graceDays: number;
  /** How long after its end a period still takes what was used in it. */
  readonly lateMs: number;
}

/**
 * What usage is decided from, read now: never from memory, because a count depends on it.
 *
 * @param since With the counts of what was running then. @default now
 */
export async function readUsageFacts(
  context: UsageContext,
  customerId: string,
  since?: Date,
): Promise<UsageInput> {
  const now = context.clock();
  const at = since instanceof Date && since < now ? since : now;
  const facts = await context.store.readAccessFacts(customerId, context.providers.ids, at);
  return toInput(context, customerId, facts, now);
}

/** The same of many, in one read. */
export async function readManyUsageFacts(
  context: UsageContext,
  customerIds: readonly string[],
  since: readonly Date[],
): Promise<ReadonlyMap<string, UsageInput>> {
  const now = context.clock();
  const at = new Date(Math.min(now.getTime(), ...since.map((one) => one.getTime())));
  const all = await context.store.readManyAccessFacts(customerIds, context.providers.ids, at);
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
  const { hasBillingAccount, subscriptions, usage: counts, caps = [] } = facts;
  const catalog = await knownPlans.of(subscriptions);
  const customer = { id: customerId, canManage: false, hasBillingAccount };
  return { catalog, customer, subscriptions, counts, caps, graceDays, now };
}
