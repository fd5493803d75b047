import { describe, expect, it } from "vitest";
import type { UsageEntry } from "../../ports/store/usage.js";
import type { Store } from "../../ports/store.js";
import { buildSubscription } from "../building/build-subscription.js";
import { putSubscription } from "../building/put-subscription.js";
import { unique } from "./unique.js";
import { describeUsageBatches } from "./usage-batches.js";

const march = { startsAt: "2026-03-01T00:00:00.000Z", endsAt: "2026-04-01T00:00:00.000Z" };
const april = { startsAt: "2026-04-01T00:00:00.000Z", endsAt: "2026-05-01T00:00:00.000Z" };
const always = { startsAt: "1970-01-01T00:00:00.000Z", endsAt: null };

function buildEntry(overrides: Partial<UsageEntry> = {}): UsageEntry {
  return {
    customerId: unique("org"),
    feature: "messages",
    period: march,
    quantity: 1,
    limit: 10,
    idempotencyKey: unique("key"),
    recordedAt: "2026-03-10T12:00:00.000Z",
    ...overrides,
  };
}

export function describeUsage(store: () => Store, second: () => Store | undefined): void {
  const count = (entry: UsageEntry) => store().countUsage(entry);
  const usageOf = async (customerId: string, at: string) =>
    (await store().readAccessFacts(customerId, ["stripe"], new Date(at))).usage;

  describe("countUsage", () => {
    it("counts up to the limit and not beyond, in whatever portions", async () => {
      const customerId = unique("org");
      const of = (quantity: number) => count(buildEntry({ customerId, quantity }));
      expect(await of(11)).toEqual({ outcome: "refused", used: 0 });
      expect(await of(4)).toEqual({ outcome: "counted", used: 4 });
      expect(await of(7)).toEqual({ outcome: "refused", used: 4 });
      expect(await of(6)).toEqual({ outcome: "counted", used: 10 });
      expect(await of(1)).toEqual({ outcome: "refused", used: 10 });
    });

    it("counts without a limit, even far beyond what 32 bits hold", async () => {
      const entry = buildEntry({ quantity: 4_000_000_000, limit: null });
      expect(await count(entry)).toEqual({ outcome: "counted", used: 4_000_000_000 });
      const more = { ...entry, idempotencyKey: unique("key") };
      expect(await count(more)).toEqual({ outcome: "counted", used: 8_000_000_000 });
    });

    it("counts nothing where nothing is allowed", async () => {
      const entry = buildEntry({ limit: 0 });
      expect(await count(entry)).toEqual({ outcome: "refused", used: 0 });
      expect(await usageOf(entry.customerId, entry.recordedAt)).toEqual([]);
    });

    it("counts a key once, even with another quantity, at the limit, and in another period", async () => {
      const entry = buildEntry({ limit: 1 });
      expect(await count(entry)).toEqual({ outcome: "counted", used: 1 });
      expect(await count(entry)).toEqual({ outcome: "duplicate", used: 1 });
      expect(await count({ ...entry, quantity: 5, limit: 100 })).toEqual({ outcome: "duplicate", used: 1 });
      expect(await count({ ...entry, period: april })).toEqual({ outcome: "duplicate", used: 0 });
    });

    it("does not remember the key of what it refused", async () => {
      const entry = buildEntry({ limit: 0 });
      await count(entry);
      expect(await count({ ...entry, limit: 1 })).toEqual({ outcome: "counted", used: 1 });
    });

    it("keeps customers, features and periods apart", async () => {
      const entry = buildEntry({ limit: 1 });
      const others = [
        entry,
        { ...entry, customerId: unique("org") },
        { ...entry, feature: "exports" },
        { ...entry, period: april, idempotencyKey: unique("key") },
      ];
      for (const one of others) expect(await count(one)).toEqual({ outcome: "counted", used: 1 });
    });

    it("lets exactly as many through as fit when all come at once, even across two instances", async () => {
      const entry = buildEntry({ limit: 7 });
      const instances = [store(), second() ?? store()];
      const outcomes = await Promise.all(
        Array.from({ length: 30 }, (_, n) =>
          (instances[n % 2] ?? store()).countUsage({ ...entry, idempotencyKey: unique("key") }),
        ),
      );
      const counted = outcomes.filter(({ outcome }) => outcome === "counted");
      expect(counted.map(({ used }) => used).sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
      expect(outcomes.filter(({ outcome }) => outcome === "refused")).toHaveLength(23);
      expect(await usageOf(entry.customerId, entry.recordedAt)).toMatchObject([{ used: 7 }]);
    });

    it.each([1, 100])(
      "counts a key once when it comes many times at once, with a limit of %i",
      async (limit) => {
        const instances = [store(), second() ?? store()];
        for (let round = 0; round < 5; round += 1) {
          const entry = buildEntry({ limit });
          const outcomes = await Promise.all(
            Array.from({ length: 8 }, (_, n) => (instances[n % 2] ?? store()).countUsage(entry)),
          );
          expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual([
            "counted",
            ...Array(7).fill("duplicate"),
          ]);
          expect(await usageOf(entry.customerId, entry.recordedAt)).toMatchObject([{ used: 1 }]);
        }
      },
    );
  });

  describeUsageBatches(store, second);

  describe("readAccessFacts", () => {
    it("has the counts of periods that are running, and of those that never end", async () => {
      const customerId = unique("org");
      await count(buildEntry({ customerId, period: march, quantity: 3 }));
      await count(buildEntry({ customerId, period: april, quantity: 4 }));
      await count(buildEntry({ customerId, period: always, feature: "lifetime", quantity: 5 }));
      const lifetime = { feature: "lifetime", used: 5, ...always };
      const inApril = { feature: "messages", used: 4, ...april };
      const sorted = async (at: string) =>
        [...(await usageOf(customerId, at))].sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
      const inMarch = { feature: "messages", used: 3, ...march };
      expect(await sorted("2026-03-31T23:59:59.999Z")).toEqual([lifetime, inMarch, inApril]);
      expect(await sorted(march.endsAt)).toEqual([lifetime, inApril]);
      expect(await sorted(april.endsAt)).toEqual([lifetime]);
    });

    it("has the count of a period whose end has been put off since", async () => {
      const customerId = unique("org");
      await count(buildEntry({ customerId, period: march, quantity: 3 }));
      const currentPeriod = { start: march.startsAt, end: "2026-06-01T00:00:00.000Z" };
      const subscription = buildSubscription({ id: unique("sub"), customerId, currentPeriod });
      await putSubscription(store(), subscription);
      expect(await usageOf(customerId, "2026-05-01T00:00:00.000Z")).toMatchObject([{ used: 3 }]);
    });
  });

  describe("readAccessFacts, after a change", () => {
    it("has the count that a change carried over, however long ago it was counted", async () => {
      const customerId = unique("org");
      await count(buildEntry({ customerId, period: march, quantity: 3 }));
      const currentPeriod = { start: "2026-03-10T00:00:00.000Z", end: "2027-03-10T00:00:00.000Z" };
      const subscription = buildSubscription({
        id: unique("sub"),
        customerId,
        interval: "year",
        currentPeriod,
        items: buildSubscription().items.map((item) => ({
          ...item,
          interval: "year" as const,
          currentPeriod,
        })),
        countedFrom: { [currentPeriod.start]: march.startsAt },
      });
      await putSubscription(store(), subscription);
      expect(await usageOf(customerId, "2027-02-01T00:00:00.000Z")).toMatchObject([{ used: 3 }]);
      expect(await usageOf(unique("org"), "2027-02-01T00:00:00.000Z")).toEqual([]);
    });
  });

  describe("pruneUsageKeys", () => {
    it("forgets the oldest keys, as many as asked for, and keeps the counts", async () => {
      const customerId = unique("org");
      const at = (recordedAt: string) => buildEntry({ customerId, recordedAt });
      const [older, old, young] = [
        at("2020-01-01T00:00:00.000Z"),
        at("2020-01-02T00:00:00.000Z"),
        at("2020-01-03T00:00:00.000Z"),
      ] as const;
      for (const entry of [young, old, older]) await count(entry);
      const before = young.recordedAt;
      expect(await store().pruneUsageKeys({ before, limit: 1 })).toBe(1);
      expect(await count(old)).toEqual({ outcome: "duplicate", used: 3 });
      expect(await store().pruneUsageKeys({ before, limit: 10 })).toBe(1);
      expect(await count(old)).toEqual({ outcome: "counted", used: 4 });
      expect(await count(young)).toEqual({ outcome: "duplicate", used: 4 });
    });
  });
}
