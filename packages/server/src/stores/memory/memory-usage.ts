import {
  type AccessFacts,
  type AccessReads,
  type UsageCounter,
  type UsageEntry,
  type UsageOutcome,
  unpackRecord,
} from "@tollgate/core";
import { isRunning } from "../records/access-facts.js";
import { settleUse } from "../records/settle-uses.js";
import { refuseOddText } from "./as-text.js";
import { addMemberUseIn, memberCountIn } from "./memory-members.js";
import { seatsInUseIn } from "./memory-seats.js";
import type { MemoryState } from "./memory-state.js";
import { subscriptionsIn } from "./memory-subscriptions.js";
import { addReportIn } from "./memory-usage-reports.js";
import { keyOf } from "./table.js";

/** What is used, and everything that access is decided from. */
export function createMemoryUsage(state: MemoryState): UsageCounter & AccessReads {
  const { usageKeys } = state;
  return {
    countUsage: async (entry) => countIn(state, entry),
    // Nothing else runs between two of them.
    countManyUses: async (entries) => {
      for (const entry of entries) refuseOdd(entry);
      return entries.map((entry) => countIn(state, entry));
    },
    async pruneUsageKeys({ before, limit }) {
      const old = usageKeys.all().filter(({ recordedAt }) => recordedAt < before);
      const pruned = old.sort((a, b) => (a.recordedAt < b.recordedAt ? -1 : 1)).slice(0, limit);
      for (const { key } of pruned) usageKeys.delete(key);
      return pruned.length;
    },
    readAccessFacts: async (customerId, providers, at) => factsIn(state, customerId, providers, at),
    readManyAccessFacts: async (customerIds, providers, at) =>
      new Map(customerIds.map((id) => [id, factsIn(state, id, providers, at)])),
  };
}

function countIn(state: MemoryState, entry: UsageEntry): UsageOutcome {
  const { usage, usageKeys } = state;
  const { customerId, feature, period, idempotencyKey, recordedAt } = entry;
  const key = keyOf(customerId, feature, period.startsAt);
  const member = memberCountIn(state, entry);
  const before = { used: usage.get(key)?.used ?? 0, ...(member && { member }) };
  const once = keyOf(customerId, feature, idempotencyKey);
  const outcome = settleUse(entry, before, usageKeys.get(once) !== undefined);
  if (outcome.outcome !== "counted") return outcome;
  refuseOdd(entry);
  const { startsAt, endsAt } = period;
  usage.set(key, { customerId, feature, used: outcome.used, startsAt, endsAt });
  addMemberUseIn(state, entry);
  usageKeys.set(once, { key: once, recordedAt });
  addReportIn(state, entry);
  state.changed([customerId]);
  return outcome;
}

function refuseOdd({ customerId, feature, idempotencyKey, member }: UsageEntry): void {
  for (const text of [customerId, feature, idempotencyKey, member?.id ?? ""]) refuseOddText(text);
}

function factsIn(
  state: MemoryState,
  customerId: string,
  providers: readonly string[],
  at: Date,
): AccessFacts {
  const isOwn = (one: { readonly customerId: string }) => one.customerId === customerId;
  const subscriptions = subscriptionsIn(state, customerId);
  const links = state.customers.all().filter((one) => one.current && providers.includes(one.provider));
  const counts = state.usage
    .all()
    .filter(isOwn)
    .map(({ customerId: _, ...count }) => count);
  const purchases = state.purchases.all().filter(isOwn);
  return {
    hasBillingAccount: links.some(isOwn),
    subscriptions,
    usage: counts.filter((count) => isRunning(count, subscriptions, at)),
    purchases: purchases.map(({ text }) => unpackRecord("purchase", JSON.parse(text))),
    ...seatsInUseIn(state, customerId),
  };
}
