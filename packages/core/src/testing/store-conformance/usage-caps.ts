import { describe, expect, it } from "vitest";
import type { UsageThresholdData } from "../../language/callback.js";
import type { UsageCapFact } from "../../language/usage-cap.js";
import type { UsageAlert, UsageEntry } from "../../ports/store/usage.js";
import type { Store } from "../../ports/store.js";
import { buildSubscription } from "../building/build-subscription.js";
import { putSubscription } from "../building/put-subscription.js";
import { unique } from "./unique.js";

const at = "2026-03-10T12:00:00.000Z";
const period = { startsAt: "2026-03-01T00:00:00.000Z", endsAt: "2026-04-01T00:00:00.000Z" };

export function describeUsageCaps(store: () => Store, second: () => Store | undefined): void {
  const byPlace = (a: UsageCapFact, b: UsageCapFact) =>
    `${a.feature}${a.setBy}` < `${b.feature}${b.setBy}` ? -1 : 1;
  const capsOf = async (customerId: string) =>
    (await store().readAccessFacts(customerId, ["stripe"], new Date(at))).caps?.toSorted(byPlace);

  describe("saveUsageCap", () => {
    it("keeps one for each feature and owner, replaces it and takes it away", async () => {
      const customerId = unique("org");
      const [of, own] = [
        { customerId, feature: "messages" },
        { count: 5, amounts: { usd: 100 } },
      ];
      expect(await capsOf(customerId)).toBeUndefined();
      await store().saveUsageCap({ ...of, setBy: "app", cap: { count: 9 } });
      await store().saveUsageCap({ ...of, setBy: "app", cap: null });
      expect(await store().saveUsageCap({ ...of, setBy: "customer", cap: own })).toBe("saved");
      await store().saveUsageCap({ ...of, feature: "calls", setBy: "customer", cap: { count: 0 } });
      expect(await capsOf(customerId)).toEqual([
        { feature: "calls", setBy: "customer", cap: { count: 0 } },
        { feature: "messages", setBy: "app", cap: null },
        { feature: "messages", setBy: "customer", cap: own },
      ]);
      await store().saveUsageCap({ ...of, setBy: "app", cap: "none" });
      await store().saveUsageCap({ ...of, feature: "calls", setBy: "customer", cap: "none" });
      const many = await store().readManyAccessFacts([customerId], ["stripe"], new Date(at));
      expect(many.get(customerId)?.caps).toEqual([{ feature: "messages", setBy: "customer", cap: own }]);
    });

    it("is told to whoever keeps an answer", async () => {
      const customerId = unique("org");
      const heard: (readonly string[] | null)[] = [];
      const stop = await store().onChange((ids) => heard.push(ids));
      await store().saveUsageCap({ customerId, feature: "messages", setBy: "app", cap: null });
      await stop();
      expect(heard.flat()).toContain(customerId);
    });

    it("moves with a subscription, unless the other one has their own, and goes with its customer", async () => {
      const [from, to] = [unique("user"), unique("org")];
      const subscription = buildSubscription({ id: unique("sub"), customerId: from });
      await putSubscription(store(), subscription);
      const of = (customerId: string, count: number) => ({
        customerId,
        setBy: "app" as const,
        cap: { count },
      });
      await store().saveUsageCap({ ...of(from, 1), feature: "messages" });
      await store().saveUsageCap({ ...of(from, 2), feature: "calls" });
      await store().saveUsageCap({ ...of(to, 3), feature: "calls" });
      const move = { subscriptionId: subscription.id, from, to, at };
      await store().moveSubscription(move, () => [subscription]);
      expect(await capsOf(from)).toBeUndefined();
      const kept = [
        { feature: "calls", setBy: "app", cap: { count: 3 } },
        { feature: "messages", setBy: "app", cap: { count: 1 } },
      ];
      expect(await capsOf(to)).toEqual(kept);
      const exported = { customerId: to, section: "usageCaps", after: null, limit: 10 } as const;
      expect((await store().exportCustomer(exported)).records).toEqual(kept);
      const gone = unique("org");
      await store().saveUsageCap({ ...of(gone, 4), feature: "calls" });
      const begun = await store().beginDeletion({
        ...{ customerId: gone, digest: unique("digest"), settlement: "nothing", startedAt: at },
        reference: unique("tollgate:deleted:"),
      });
      const late = { customerId: gone, feature: "messages", setBy: "app", cap: null } as const;
      expect(await store().saveUsageCap(late)).toBe("overtaken");
      await store().finishDeletion({
        deletion: { ...begun, customerId: gone },
        report: {
          ...{ reference: begun.reference, startedAt: at, finishedAt: at },
          ...{ ended: [], checkouts: 0, providers: [] },
        },
        callback: ({ reference }) => ({
          id: `${reference}:customer.deleted`,
          type: "customer.deleted",
          data: { customerId: gone, by: "app", ended: [], reference },
        }),
      });
      expect(await capsOf(gone)).toBeUndefined();
    });
  });

  describe("what is told of a count", () => {
    const alert = (
      customerId: string,
      percent: number,
      of: "limit" | "cap",
      reached: number,
    ): UsageAlert => ({
      at: reached,
      callback: {
        id: [customerId, percent, of].join(":"),
        type: "usage.threshold_reached",
        data: {
          ...{ customerId, feature: "messages", name: "Messages", planId: null, percent, of, used: reached },
          ...{ limit: of === "limit" ? 10 : 20, overage: null, cap: null, period },
        },
      },
    });
    const entryOf = (customerId: string, quantity: number): UsageEntry => ({
      ...{ customerId, feature: "messages", period, quantity, limit: 20, recordedAt: at },
      idempotencyKey: unique("key"),
      alerts: [
        alert(customerId, 80, "limit", 8),
        alert(customerId, 100, "limit", 10),
        alert(customerId, 100, "cap", 20),
      ],
    });
    const toldTo = async (customerId: string) =>
      (await store().exportCustomer({ customerId, section: "callbacks", after: null, limit: 100 })).records
        .map(({ data }) => data as UsageThresholdData)
        .map(({ of, percent, used }) => `${of} ${percent} at ${used}`)
        .sort();

    it("is told when it is reached, and of several in one step the last of each kind", async () => {
      const [one, two] = [unique("org"), unique("org")];
      await store().countUsage(entryOf(one, 7));
      expect(await toldTo(one)).toEqual([]);
      await store().countUsage(entryOf(one, 2));
      expect(await toldTo(one)).toEqual(["limit 80 at 9"]);
      await store().countUsage(entryOf(two, 4));
      expect(await store().countUsage(entryOf(two, 17))).toEqual({ outcome: "refused", used: 4 });
      expect(await toldTo(two)).toEqual([]);
      expect(await store().countUsage(entryOf(two, 16))).toEqual({ outcome: "counted", used: 20 });
      expect(await toldTo(two)).toEqual(["cap 100 at 20", "limit 100 at 20"]);
    });

    it("is told once of a list that jumps over it, and not again by a key that was counted", async () => {
      const customerId = unique("org");
      const entries = [4, 3, 3].map((quantity) => entryOf(customerId, quantity));
      await store().countManyUses(entries);
      expect(await toldTo(customerId)).toEqual(["limit 100 at 10"]);
      await store().countManyUses(entries);
      for (const entry of entries) await store().countUsage(entry);
      expect(await toldTo(customerId)).toEqual(["limit 100 at 10"]);
    });

    it("is told once, however many count at once on two instances", async () => {
      const customerId = unique("org");
      const outcomes = await Promise.all(
        Array.from({ length: 24 }, (_, n) => {
          const instance = n % 2 === 0 ? store() : (second() ?? store());
          return n % 3 === 0
            ? instance.countManyUses([entryOf(customerId, 1)]).then(([one]) => one)
            : instance.countUsage(entryOf(customerId, 1));
        }),
      );
      expect(outcomes.filter((one) => one?.outcome === "counted")).toHaveLength(20);
      expect(await toldTo(customerId)).toEqual(["cap 100 at 20", "limit 100 at 10", "limit 80 at 8"]);
    });
  });
}
