import { type Store, type UsageCounter, unpackRecord } from "@tollgate/core";
import { isRunning } from "../records/access-facts.js";
import { refuseOddText } from "./as-text.js";
import type { MemoryState } from "./memory-state.js";
import { subscriptionsIn } from "./memory-subscriptions.js";
import { addReportIn } from "./memory-usage-reports.js";
import { keyOf } from "./table.js";

/** What is used, and everything that access is decided from. */
export function createMemoryUsage(state: MemoryState): UsageCounter & Pick<Store, "readAccessFacts"> {
  const { usage, usageKeys } = state;
  return {
    async countUsage(entry) {
      const { customerId, feature, period, quantity, limit, idempotencyKey, recordedAt } = entry;
      const key = keyOf(customerId, feature, period.startsAt);
      const used = usage.get(key)?.used ?? 0;
      const once = keyOf(customerId, feature, idempotencyKey);
      if (usageKeys.get(once) !== undefined) return { outcome: "duplicate", used };
      if (limit !== null && used + quantity > limit) return { outcome: "refused", used };
      for (const text of [customerId, feature, idempotencyKey]) refuseOddText(text);
      const { startsAt, endsAt } = period;
      usage.set(key, { customerId, feature, used: used + quantity, startsAt, endsAt });
      usageKeys.set(once, { key: once, recordedAt });
      addReportIn(state, entry);
      state.changed([customerId]);
      return { outcome: "counted", used: used + quantity };
    },
    async pruneUsageKeys({ before, limit }) {
      const old = usageKeys.all().filter(({ recordedAt }) => recordedAt < before);
      const pruned = old.sort((a, b) => (a.recordedAt < b.recordedAt ? -1 : 1)).slice(0, limit);
      for (const { key } of pruned) usageKeys.delete(key);
      return pruned.length;
    },
    async readAccessFacts(customerId, providers, at) {
      const isOwn = (one: { readonly customerId: string }) => one.customerId === customerId;
      const subscriptions = subscriptionsIn(state, customerId);
      const links = state.customers.all().filter((one) => one.current && providers.includes(one.provider));
      const counts = usage
        .all()
        .filter(isOwn)
        .map(({ customerId: _, ...count }) => count);
      const purchases = state.purchases.all().filter(isOwn);
      return {
        hasBillingAccount: links.some(isOwn),
        subscriptions,
        usage: counts.filter((count) => isRunning(count, subscriptions, at)),
        purchases: purchases.map(({ text }) => unpackRecord("purchase", JSON.parse(text))),
      };
    },
  };
}
