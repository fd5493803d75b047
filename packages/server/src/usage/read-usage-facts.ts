import { BillingError, isCustomerId, type UsageInput } from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";

/** What usage is decided from, read now: never from memory, because a count depends on it. */
export async function readUsageFacts(context: BillingContext, customerId: string): Promise<UsageInput> {
  const { knownPlans, graceDays, provider } = context;
  if (!isCustomerId(customerId)) {
    throw new BillingError(
      customerId ? "invalid_customer_id" : "invalid_options",
      "`customerId` must be your own id of the customer, a string of 1 to 200 characters.",
    );
  }
  const store = await context.openStore();
  const now = context.clock();
  const facts = await store.readAccessFacts(customerId, provider.id, now);
  const { hasBillingAccount, subscriptions, usage: counts } = facts;
  const catalog = await knownPlans.of(subscriptions);
  const customer = { id: customerId, canManage: false, hasBillingAccount };
  return { catalog, customer, subscriptions, counts, graceDays, now };
}
