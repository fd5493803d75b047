import { describe, expect, it } from "vitest";
import type { UsageEntry } from "../../ports/store/usage.js";
import type { Store } from "../../ports/store.js";
import { buildSubscription } from "../building/build-subscription.js";
import { putSubscription } from "../building/put-subscription.js";
import { unique } from "./unique.js";

const march = { startsAt: "2026-03-01T00:00:00.000Z", endsAt: "2026-04-01T00:00:00.000Z" };
const [at, later, nextDay] = [
  "2026-03-10T12:00:00.000Z",
  "2026-03-10T12:10:00.000Z",
  "2026-03-11T12:10:00.000Z",
];

export function describeUsageReports(store: () => Store, second: () => Store | undefined): void {
  const build = (overrides: Partial<UsageEntry> = {}): UsageEntry => ({
    customerId: unique("org"),
    feature: "messages",
    period: march,
    quantity: 1,
    limit: null,
    idempotencyKey: unique("key"),
    recordedAt: at,
    billedTo: { provider: "stripe", providerCustomerId: unique("cus") },
    ...overrides,
  });
  const again = (entry: UsageEntry, quantity: number) =>
    store().countUsage({ ...entry, quantity, idempotencyKey: unique("key") });
  const take = (customerId: string, now = at, of = store()) =>
    of.takeUsageReports({ now, limit: 100, leaseSeconds: 300, customerId });

  describe("takeUsageReports", () => {
    it("hands out what was counted since the last time, once, a second before", async () => {
      const entry = build();
      await store().countUsage(entry);
      await again(entry, 4);
      const [taken, ...none] = await take(entry.customerId);
      const { customerId, feature, billedTo } = entry;
      const own = { id: expect.any(String), customerId, feature, ...billedTo };
      const usedAt = "2026-03-10T11:59:59.000Z";
      expect(taken).toEqual({ report: { ...own, quantity: 5, usedAt, firstTriedAt: at }, attempts: 1 });
      expect(none).toEqual([]);
      await again(entry, 2);
      const [next] = await take(entry.customerId);
      expect(next?.report.quantity).toBe(2);
      expect(next?.report.id).not.toBe(taken?.report.id);
      expect(await take(entry.customerId)).toEqual([]);
    });

    it("says the time that was given, and sums up what was used at the same, one by one and in lists", async () => {
      const entry = build();
      const [early, earlier] = ["2026-03-02T08:01:00.000Z", "2026-03-02T08:00:00.000Z"];
      const part = (usedAt: string | null, quantity: number): UsageEntry => ({
        ...entry,
        quantity,
        idempotencyKey: unique("key"),
        ...(usedAt && { usedAt }),
      });
      await store().countUsage(part(early, 1));
      await store().countUsage(part(null, 20));
      await store().countManyUses([part(early, 2), part(earlier, 300), part(null, 40), part(early, 4)]);
      const told = (await take(entry.customerId)).map(({ report }) => [report.usedAt, report.quantity]);
      expect(told).toEqual([
        [earlier, 300],
        [early, 7],
        ["2026-03-10T11:59:59.000Z", 60],
      ]);
      // What was handed out stays as it is.
      await store().countManyUses([part(early, 5)]);
      await store().countUsage(part(early, 6));
      expect((await take(entry.customerId)).map(({ report }) => report.quantity)).toEqual([11]);
    });

    it("has nothing of what nobody is billed for, what was refused, and what was counted before", async () => {
      const { billedTo: _, ...free } = build();
      await store().countUsage(free);
      expect(await take(free.customerId)).toEqual([]);
      const entry = build({ limit: 1, quantity: 2 });
      await store().countUsage(entry);
      expect(await take(entry.customerId)).toEqual([]);
      await store().countUsage({ ...entry, quantity: 1 });
      await store().countUsage({ ...entry, quantity: 1 });
      expect((await take(entry.customerId)).map(({ report }) => report.quantity)).toEqual([1]);
    });

    it("keeps periods, features and customers of the provider apart, and says a time within the period", async () => {
      const entry = build();
      const february = { startsAt: "2026-02-01T00:00:00.000Z", endsAt: march.startsAt };
      const fresh = { startsAt: at, endsAt: null };
      const other = { provider: "stripe", providerCustomerId: unique("cus") };
      for (const part of [
        {},
        { period: february },
        { period: fresh },
        { feature: "calls" },
        { billedTo: other },
      ]) {
        await store().countUsage({ ...entry, idempotencyKey: unique("key"), ...part });
      }
      const taken = await take(entry.customerId);
      const usual = "2026-03-10T11:59:59.000Z";
      expect(taken.map(({ report }) => report.usedAt).sort()).toEqual(
        ["2026-02-28T23:59:59.000Z", usual, usual, usual, at].sort(),
      );
      expect(new Set(taken.map(({ report }) => report.id)).size).toBe(5);
    });

    it("hands one out again whose end nobody told, or that failed, when it is due, with the same id", async () => {
      const entry = build();
      await store().countUsage(entry);
      const [first] = await take(entry.customerId);
      expect(await take(entry.customerId, "2026-03-10T12:04:59.000Z")).toEqual([]);
      const [second] = await take(entry.customerId, later);
      expect(second).toEqual({ ...first, attempts: 2 });
      if (first === undefined || second === undefined) throw new Error("Nothing was handed out.");
      // Whoever had it before says nothing any more.
      await store().endUsageReport(first, { kind: "told", at: later });
      await store().endUsageReport(second, {
        kind: "failed",
        retryAt: nextDay,
        error: "Error: out of reach",
      });
      expect(await take(entry.customerId, later)).toEqual([]);
      const asked = { now: later, limit: 100, leaseSeconds: 1, customerId: entry.customerId };
      const [early] = await store().takeUsageReports({ ...asked, early: true });
      expect(early).toEqual({ ...first, attempts: 3 });
      const [third] = await take(entry.customerId, nextDay);
      expect(third).toEqual({ ...first, attempts: 4 });
      if (third !== undefined) await store().endUsageReport(third, { kind: "told", at: nextDay });
      expect(await take(entry.customerId, "2027-01-01T00:00:00.000Z")).toEqual([]);
      const listed = {
        customerId: entry.customerId,
        section: "usageReports",
        after: null,
        limit: 9,
      } as const;
      expect((await store().exportCustomer(listed)).records).toMatchObject([
        { quantity: 1, toldAt: nextDay },
      ]);
      expect(await store().pruneUsageReports({ toldBefore: nextDay, limit: 100 })).toBe(0);
      expect(await store().pruneUsageReports({ toldBefore: "2026-03-12T00:00:00.000Z", limit: 100 })).toBe(1);
      expect((await store().exportCustomer(listed)).records).toEqual([]);
    });

    it("gives each to one of many who ask while others count, and loses nothing", async () => {
      const entry = build();
      const instances = [store(), second() ?? store()];
      const counts = Array.from({ length: 20 }, () => again(entry, 1));
      const takes = Array.from({ length: 6 }, (_, n) => take(entry.customerId, at, instances[n % 2]));
      await Promise.all(counts);
      const all = [...(await Promise.all(takes)).flat(), ...(await take(entry.customerId))];
      expect(new Set(all.map(({ report }) => report.id)).size).toBe(all.length);
      expect(all.reduce((sum, { report }) => sum + report.quantity, 0)).toBe(20);
    });

    it("goes along with a subscription that is moved, and stays owed by whoever is deleted", async () => {
      const [from, to, reference] = [unique("user"), unique("org"), unique("deleted")];
      const providerCustomerId = unique("cus");
      const entry = build({ customerId: from, billedTo: { provider: "stripe", providerCustomerId } });
      await store().countUsage(entry);
      const subscription = buildSubscription({ id: unique("sub"), customerId: from, providerCustomerId });
      await putSubscription(store(), subscription);
      await store().linkCustomer({ customerId: from, provider: "stripe", providerCustomerId });
      await store().moveSubscription({ subscriptionId: subscription.id, from, to, at }, () => [subscription]);
      await store().countUsage({ ...entry, customerId: to, quantity: 2, idempotencyKey: unique("key") });
      const [taken] = await take(to);
      expect(taken?.report).toMatchObject({ customerId: to, providerCustomerId, quantity: 3 });
      if (taken !== undefined) await store().endUsageReport(taken, { kind: "told", at });
      await again({ ...entry, customerId: to }, 4);
      const ended = { ...subscription, customerId: to, status: "ended", endedAt: at } as const;
      const stored = await store().findStoredSubscription(subscription.id, "stripe");
      const save = {
        subscription: ended,
        expectedRevision: stored?.revision ?? null,
        callbacks: [],
        jobs: [],
      };
      expect(await store().saveSubscription(save)).toBe("saved");
      const begun = {
        customerId: to,
        digest: unique("digest"),
        settlement: "nothing",
        startedAt: at,
      } as const;
      const deletion = await store().beginDeletion({ ...begun, reference });
      const report = { reference, startedAt: at, finishedAt: at, ended: [], checkouts: 0, providers: [] };
      const data = { customerId: to, by: "app", ended: [], reference } as const;
      const callback = () => ({ id: unique("callback"), type: "customer.deleted", data }) as const;
      if (deletion.customerId === null) throw new Error("It was deleted before.");
      await store().finishDeletion({ deletion: { ...deletion, customerId: to }, report, callback });
      expect(await take(to)).toEqual([]);
      expect((await take(reference)).map((one) => one.report)).toMatchObject([
        { customerId: reference, providerCustomerId, quantity: 4 },
      ]);
    });
  });
}
