import { describe, expect, it } from "vitest";
import type { UsageEntry } from "../../ports/store/usage.js";
import type { Store } from "../../ports/store.js";
import { buildSubscription } from "../building/build-subscription.js";
import { putSubscription } from "../building/put-subscription.js";
import { unique } from "./unique.js";

const march = { startsAt: "2026-03-01T00:00:00.000Z", endsAt: "2026-04-01T00:00:00.000Z" };
const april = { startsAt: "2026-04-01T00:00:00.000Z", endsAt: "2026-05-01T00:00:00.000Z" };
const now = "2026-03-10T12:00:00.000Z";

export function describeUsageBatches(store: () => Store, second: () => Store | undefined): void {
  const usageOf = async (customerId: string) =>
    (await store().readAccessFacts(customerId, ["stripe"], new Date(now))).usage;
  /** Entries of one customer and feature. */
  const entriesOf = (customerId: string) => {
    const base = { customerId, feature: "messages", period: march, limit: 10, recordedAt: now };
    return (quantity: number, more: Partial<UsageEntry> = {}): UsageEntry => ({
      ...base,
      quantity,
      idempotencyKey: unique("key"),
      ...more,
    });
  };

  describe("countManyUses", () => {
    it("counts each as if one came after the other: what is refused does not undo the others", async () => {
      const customerId = unique("org");
      const of = entriesOf(customerId);
      const [first, second] = [of(4), of(7)];
      const outcomes = await store().countManyUses([first, second, of(5), first, of(1), of(1), second]);
      expect(outcomes).toEqual([
        { outcome: "counted", used: 4 },
        { outcome: "refused", used: 4 },
        { outcome: "counted", used: 9 },
        { outcome: "duplicate", used: 9 },
        { outcome: "counted", used: 10 },
        { outcome: "refused", used: 10 },
        { outcome: "refused", used: 10 },
      ]);
      expect(await usageOf(customerId)).toEqual([{ feature: "messages", used: 10, ...march }]);
      expect(await store().countManyUses([{ ...second, limit: null }, first])).toEqual([
        { outcome: "counted", used: 17 },
        { outcome: "duplicate", used: 17 },
      ]);
    });

    it("counts nothing of an empty list, and leaves nothing of one that is all refused", async () => {
      expect(await store().countManyUses([])).toEqual([]);
      const customerId = unique("org");
      const of = entriesOf(customerId);
      const refused = await store().countManyUses([of(1, { limit: 0 }), of(11)]);
      expect(refused.map(({ outcome }) => outcome)).toEqual(["refused", "refused"]);
      expect(await usageOf(customerId)).toEqual([]);
    });

    it("keeps customers, features and periods apart, and knows what was counted one by one", async () => {
      const [one, other] = [unique("org"), unique("org")];
      const [of, ofOther] = [entriesOf(one), entriesOf(other)];
      const before = of(3);
      await store().countUsage(before);
      const outcomes = await store().countManyUses([
        before,
        of(1),
        ofOther(2, { idempotencyKey: before.idempotencyKey }),
        of(5, { feature: "exports", limit: null }),
        of(6, { period: april }),
        of(1, { period: april, idempotencyKey: before.idempotencyKey }),
      ]);
      expect(outcomes).toEqual([
        { outcome: "duplicate", used: 3 },
        { outcome: "counted", used: 4 },
        { outcome: "counted", used: 2 },
        { outcome: "counted", used: 5 },
        { outcome: "counted", used: 6 },
        { outcome: "duplicate", used: 6 },
      ]);
      expect(await store().countUsage(of(7))).toEqual({ outcome: "refused", used: 4 });
    });

    it("keeps what is billed with it, as one sum for each period", async () => {
      const billedTo = { provider: "stripe", providerCustomerId: unique("cus") };
      const customerId = unique("org");
      const of = entriesOf(customerId);
      const billed = { billedTo, limit: null };
      await store().countManyUses([of(3, billed), of(4, billed), of(1, { ...billed, period: april }), of(2)]);
      await store().countUsage(of(5, billed));
      const taken = await store().takeUsageReports({ now, limit: 10, leaseSeconds: 60, customerId });
      expect(taken.map(({ report }) => report.quantity).sort()).toEqual([1, 12]);
    });

    it("lets exactly as many through as fit when lists and single ones come at once, on two instances", async () => {
      const of = entriesOf(unique("org"));
      const instances = [store(), second() ?? store()];
      const at = (n: number) => instances[n % 2] ?? store();
      const shared = Array.from({ length: 12 }, () => of(1, { limit: 50 }));
      const lists = Array.from({ length: 6 }, (_, n) => {
        const own = Array.from({ length: 10 }, () => of(1, { limit: 50 }));
        return at(n).countManyUses(n % 2 === 0 ? [...own, ...shared] : [...shared.toReversed(), ...own]);
      });
      const singles = Array.from({ length: 20 }, (_, n) => at(n).countUsage(of(1, { limit: 50 })));
      const outcomes = [...(await Promise.all(lists)).flat(), ...(await Promise.all(singles))];
      expect(outcomes.filter(({ outcome }) => outcome === "counted")).toHaveLength(50);
      const last = await store().countUsage(of(1, { limit: 50 }));
      expect(last).toEqual({ outcome: "refused", used: 50 });
    });

    it("counts lists of the same customers in another order at once", async () => {
      const billedTo = { provider: "stripe", providerCustomerId: unique("cus") };
      const makers = Array.from({ length: 20 }, () => entriesOf(unique("org")));
      const twin = Array.from(makers, (of) => of(1, { limit: null, billedTo }));
      const elsewhere = twin.map((entry) => ({ ...entry, period: april })).toReversed();
      const list = () => makers.map((of) => of(1, { limit: null, billedTo }));
      const instances = [store(), second() ?? store()];
      const outcomes = await Promise.all(
        [list(), list().toReversed(), twin, elsewhere, list(), list().toReversed()].map((entries, n) =>
          (instances[n % 2] ?? store()).countManyUses(entries),
        ),
      );
      expect(outcomes.flat().filter(({ outcome }) => outcome === "counted")).toHaveLength(100);
    });
  });

  describe("readManyAccessFacts", () => {
    it("gives what each would be given alone, also to those of whom nothing is known", async () => {
      const [known, used, nobody] = [unique("org"), unique("org"), unique("org")];
      const currentPeriod = { start: march.startsAt, end: march.endsAt };
      await putSubscription(
        store(),
        buildSubscription({ id: unique("sub"), customerId: known, currentPeriod }),
      );
      await store().linkCustomer({
        customerId: known,
        provider: "stripe",
        providerCustomerId: unique("cus"),
      });
      await store().countUsage(entriesOf(used)(3));
      const at = new Date(now);
      const all = await store().readManyAccessFacts([known, used, nobody], ["stripe"], at);
      expect([...all.keys()]).toEqual([known, used, nobody]);
      for (const [id, facts] of all) {
        expect(facts).toEqual(await store().readAccessFacts(id, ["stripe"], at));
      }
      expect(all.get(known)?.subscriptions).toHaveLength(1);
      expect(all.get(used)?.usage).toEqual([{ feature: "messages", used: 3, ...march }]);
    });
  });
}
