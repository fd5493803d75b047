import { BillingError, type UsageInput } from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";

/** Names are kept with each count, so they stay short. */
const longestName = 255;

/** What usage is decided from, read now: never from memory, because a count depends on it. */
export async function readUsageFacts(context: BillingContext, customerId: string): Promise<UsageInput> {
  const { knownPlans, graceDays, provider } = context;
  if (!isName(customerId)) {
    throw new BillingError(
      "invalid_options",
      "`customerId` must be your own id of the customer, as a string.",
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

/** Whether it can be kept as it is: Postgres takes any text but one with a zero byte. */
export function isName(value: unknown): value is string {
  return (
    typeof value === "string" && value !== "" && value.length <= longestName && !value.includes("\u0000")
  );
}
