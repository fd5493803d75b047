import type { UsageInput } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { checkCustomerId } from "../customers/billing-customers.js";

/** What usage is decided from, read now: never from memory, because a count depends on it. */
export async function readUsageFacts(context: BillingContext, customerId: string): Promise<UsageInput> {
  const { knownPlans, graceDays, provider } = context;
  checkCustomerId(customerId);
  const store = await context.openStore();
  const now = context.clock();
  const facts = await store.readAccessFacts(customerId, provider.id, now);
  const { hasBillingAccount, subscriptions, usage: counts } = facts;
  const catalog = await knownPlans.of(subscriptions);
  const customer = { id: customerId, canManage: false, hasBillingAccount };
  return { catalog, customer, subscriptions, counts, graceDays, now };
}
