import {
  type AccessFacts,
  type AccessReads,
  type UsageCounter,
  type UsageEntry,
  type UsageOutcome,
  unpackRecord,
} from "@tollgate/core";
import { isRunning } from "../records/access-facts.js";
import { reachedAlerts } from "../records/reached-alerts.js";
import { counterOf, settleUse } from "../records/settle-uses.js";
import { refuseOddText } from "./as-text.js";
import { addMemberUseIn, memberCountIn } from "./memory-members.js";
import { addCallbacksIn } from "./memory-outbox.js";
import { seatsInUseIn } from "./memory-seats.js";
import type { MemoryState } from "./memory-state.js";
import { subscriptionsIn } from "./memory-subscriptions.js";
import { capsIn } from "./memory-usage-caps.js";
import { addReportIn } from "./memory-usage-reports.js";
import { keyOf } from "./table.js";

/** What is used, and everything that access is decided from. */
export function createMemoryUsage(state: MemoryState): Omit<UsageCounter, "saveUsageCap"> & AccessReads {
  const { usageKeys } = state;
  return {
    countUsage: async (entry) => {
      const before = usedIn(state, entry);
      const outcome = countIn(state, entry);
      tellIn(state, entry, before);
      return outcome;
    },
    // Nothing else runs between two of them.
    countManyUses: async (entries) => {
      for (const entry of entries) refuseOdd(entry);
      const before = new Map(entries.map((entry) => [counterOf(entry), usedIn(state, entry)]));
      const outcomes = entries.map((entry) => countIn(state, entry));
      const last = new Map(entries.map((entry) => [counterOf(entry), entry]));
      for (const [counter, entry] of last) tellIn(state, entry, before.get(counter) ?? 0);
      return outcomes;
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

function usedIn({ usage }: MemoryState, { customerId, feature, period }: UsageEntry): number {
  return usage.get(keyOf(customerId, feature, period.startsAt))?.used ?? 0;
}

function tellIn(state: MemoryState, entry: UsageEntry, before: number): void {
  const told = reachedAlerts(entry.alerts ?? [], before, usedIn(state, entry));
  if (told.length === 0) return;
  addCallbacksIn(state, told);
  state.added("callbacks");
}

function countIn(state: MemoryState, entry: UsageEntry): UsageOutcome {
  const { usage, usageKeys } = state;
  const { customerId, feature, period, idempotencyKey, recordedAt } = entry;
  const key = keyOf(customerId, feature, period.startsAt);
  const member = memberCountIn(state, entry);
  const before = { used: usedIn(state, entry), ...(member && { member }) };
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
    ...capsIn(state, customerId),
    ...seatsInUseIn(state, customerId),
  };
}
