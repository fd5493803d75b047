import {
  checkTime,
  checkUse,
  decisionOf,
  refuseLate,
  refuseUse,
  toDecidedUse,
  toReceipt,
} from "./decide-use.js";
import { readUsageFacts, type UsageContext } from "./read-usage-facts.js";
import type { UsageReceipt, UsageRecord } from "./usage-record.js";

/**
 * Decides from what is stored, then checks and counts in one statement: of many at once, on however many instances,
 * exactly as many succeed as the plan has room for.
 */
export async function recordUsage(
  open: () => Promise<UsageContext>,
  use: UsageRecord,
): Promise<UsageReceipt> {
  checkUse(use);
  const context = await open();
  const facts = await readUsageFacts(context, use.customerId, use.at);
  checkTime(use, facts.now);
  const decision = decisionOf(facts, use, context);
  if ("endedAt" in decision) throw refuseLate(use, decision);
  const decided = toDecidedUse(facts, use, decision, context.usageTarget);
  // Even when the plan leaves nothing: a use that was counted before must be answered as such, not refused.
  const outcome = await context.store.countUsage(decided.entry);
  if (outcome.outcome === "refused") throw refuseUse(decided, outcome);
  return toReceipt(decided, outcome);
}
