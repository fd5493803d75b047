import { describe, expect, it } from "vitest";
import type { Subscription } from "../../language/subscription.js";
import type { Store } from "../../ports/store.js";
import { buildSubscription } from "../building/build-subscription.js";
import { buildBrokenJob, buildCallback } from "../building/builders.js";
import { putSubscription } from "../building/put-subscription.js";
import { unique } from "./unique.js";

const hostileIds = [
  "__proto__",
  "constructor",
  "toString",
  "o'brien\"; drop table tollgate.subscriptions; --",
  "日本語 é e\u0301 🏳️‍🌈",
  "$1 %s \\ {a,b}",
  " leading and trailing ",
];

export function describeSubscriptions(store: () => Store, second: () => Store | undefined): void {
  const other = () => second() ?? store();
  const save = async (...all: readonly Subscription[]) => {
    for (const one of all) await putSubscription(store(), one);
  };

  describe("a subscription that is saved", () => {
    it("comes back exactly as it was, every field set", async () => {
      const at = (day: number) => `2026-02-${day}T23:59:59.999Z`;
      const currentPeriod = { start: at(10), end: at(20) };
      const pro = { planId: "pro", group: "main", interval: "month", quantity: 3, currentPeriod } as const;
      const noPlan = { planId: null, group: null, interval: null, quantity: 0, currentPeriod: null };
      const full = buildSubscription({
        id: unique("sub"),
        customerId: unique("org"),
        status: "past_due",
        quantity: 3,
        items: [
          { id: "si_1", priceId: "price_1", unitAmount: 0, ...pro },
          { id: "si_2", priceId: "p", unitAmount: null, ...noPlan },
          {
            ...pro,
            id: "si_3",
            priceId: "a",
            unitAmount: 500,
            planId: null,
            group: null,
            addOnId: "storage",
          },
        ],
        currentPeriod,
        arrears: { paidPeriod: currentPeriod },
        startedAt: at(10),
        cancelAt: at(11),
        endedAt: at(12),
        trialEndsAt: at(13),
        pause: { kind: "collection", resumesAt: at(14) },
        pendingChange: {
          planId: "team",
          interval: "year",
          quantity: 9,
          addOns: { storage: 2 },
          at: at(15),
        },
        pastDueSince: at(16),
        asOf: "2026-02-17T00:00:00.000Z",
      });
      await save(full);
      expect(await store().findSubscription(full.id, "stripe")).toEqual(full);
      expect(await store().listSubscriptions(full.customerId)).toEqual([full]);
    });

    it("comes back exactly as it was, every optional field null", async () => {
      const bare = buildSubscription({
        id: unique("sub"),
        customerId: unique("org"),
        items: [],
        currentPeriod: null,
      });
      await save(bare);
      expect(await store().findSubscription(bare.id, "stripe")).toEqual(bare);
    });

    it("replaces the whole of the one with the same provider and id", async () => {
      const before = buildSubscription({
        id: unique("sub"),
        customerId: unique("org"),
        cancelAt: "2026-04-01T00:00:00.000Z",
      });
      const after = buildSubscription({
        ...before,
        status: "ended",
        cancelAt: null,
        endedAt: "2026-03-20T00:00:00.000Z",
        asOf: "2026-03-20T00:00:00.000Z",
      });
      await save(before, after);
      expect(await store().listSubscriptions(before.customerId)).toEqual([after]);
    });

    it("is kept apart from the same id of another provider", async () => {
      const stripe = buildSubscription({ id: unique("sub"), customerId: unique("org") });
      const paddle = { ...stripe, provider: "paddle", planId: "starter" };
      await save(stripe, paddle);
      expect(await store().findSubscription(stripe.id, "stripe")).toEqual(stripe);
      expect(await store().findSubscription(stripe.id, "paddle")).toEqual(paddle);
    });

    it.each(hostileIds)("may have the id %j like any other", async (hostile) => {
      const id = `${unique("sub")}${hostile}`;
      const customerId = `${unique("org")}${hostile}`;
      const subscription = buildSubscription({ id, customerId, planId: hostile, group: hostile });
      await save(subscription);
      expect(await store().findSubscription(id, "stripe")).toEqual(subscription);
      expect(await store().listSubscriptions(customerId)).toEqual([subscription]);
    });
  });

  describe("findStoredSubscription", () => {
    it("has a revision that stays until the next save, even one that saves the same again", async () => {
      const subscription = buildSubscription({ id: unique("sub"), customerId: unique("org") });
      const stored = () => store().findStoredSubscription(subscription.id, "stripe");
      expect(await stored()).toBeNull();
      await save(subscription);
      const first = await stored();
      expect(first?.subscription).toEqual(subscription);
      expect(await stored()).toEqual(first);
      await save(subscription);
      expect((await stored())?.revision).not.toBe(first?.revision);
      expect(await store().findStoredSubscription(subscription.id, "paddle")).toBeNull();
    });
  });

  describe("saveSubscription", () => {
    const replace = (subscription: Subscription, expectedRevision: string | null, one = store()) =>
      one.saveSubscription({ subscription, expectedRevision, callbacks: [], jobs: [] });
    const revisionOf = async ({ id, provider }: Subscription) =>
      (await store().findStoredSubscription(id, provider))?.revision ?? null;

    it("saves what nobody has saved since it was read, and nothing else", async () => {
      const first = buildSubscription({ id: unique("sub"), customerId: unique("org") });
      expect(await replace(first, null)).toBe("saved");
      expect(await replace({ ...first, quantity: 7 }, null)).toBe("overtaken");
      const revision = await revisionOf(first);
      const second = { ...first, quantity: 2 };
      expect(await replace(second, revision)).toBe("saved");
      expect(await replace({ ...first, quantity: 9 }, revision)).toBe("overtaken");
      expect(await store().findSubscription(first.id, "stripe")).toEqual(second);
    });

    it("lets exactly one win of many that saw the same", async () => {
      const first = buildSubscription({ id: unique("sub"), customerId: unique("org") });
      for (const round of [1, 2]) {
        const revision = await revisionOf(first);
        expect(revision === null).toBe(round === 1);
        const all = Array.from({ length: 6 }, (_, quantity) =>
          replace({ ...first, quantity }, revision, quantity % 2 ? store() : other()),
        );
        expect((await Promise.all(all)).filter((one) => one === "saved")).toHaveLength(1);
      }
    });

    it("writes the callbacks that follow with it, none of them where it was overtaken", async () => {
      const subscription = buildSubscription({ id: unique("sub"), customerId: unique("org") });
      const { customerId } = subscription;
      const write = { subscription, expectedRevision: null, jobs: [] };
      const [told, never] = [buildCallback(unique("told"), subscription), buildCallback(unique("never"))];
      expect(await store().saveSubscription({ ...write, callbacks: [told] })).toBe("saved");
      expect(await store().saveSubscription({ ...write, callbacks: [never] })).toBe("overtaken");
      const { callbacks } = await store().listCallbacks({ customerId, limit: 9 });
      expect(callbacks).toMatchObject([told]);
    });

    it("writes nothing at all when a part of it fails", async () => {
      const subscription = buildSubscription({ id: unique("sub"), customerId: unique("org") });
      const callbacks = [buildCallback(unique("never"), subscription)];
      const jobs = [buildBrokenJob("it failed on the way")];
      const failing = store().saveSubscription({ subscription, expectedRevision: null, callbacks, jobs });
      await expect(failing).rejects.toThrow("it failed on the way");
      expect(await store().findSubscription(subscription.id, "stripe")).toBeNull();
      const left = await store().listCallbacks({ customerId: subscription.customerId, limit: 9 });
      expect(left.callbacks).toEqual([]);
      expect(await replace(subscription, null)).toBe("saved");
    });
  });

  describe("listSubscriptions", () => {
    it("has all of a customer's, ended ones included, oldest first, and nobody else's", async () => {
      const customerId = unique("org");
      const of = (startedAt: string, status: Subscription["status"]) =>
        buildSubscription({ id: unique("sub"), customerId, startedAt, status });
      const oldest = of("2025-01-31T10:00:00.000Z", "ended");
      const middle = of("2025-12-31T10:00:00.000Z", "incomplete");
      const newest = of("2026-01-01T10:00:00.000Z", "active");
      await save(newest, oldest, middle, buildSubscription({ id: unique("sub"), customerId: unique("org") }));
      expect(await store().listSubscriptions(customerId)).toEqual([oldest, middle, newest]);
    });

    it("is empty, and findSubscription gives null, where there is none", async () => {
      expect(await store().listSubscriptions("__proto__")).toEqual([]);
      expect(await store().findSubscription(unique("sub"), "stripe")).toBeNull();
    });
  });
}
