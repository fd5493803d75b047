import { describe, expect, it } from "vitest";
import type { UsageEntry } from "../../ports/store/usage.js";
import type { Store } from "../../ports/store.js";
import { buildSubscription } from "../building/build-subscription.js";
import { putSubscription } from "../building/put-subscription.js";
import { unique } from "./unique.js";

const march = { startsAt: "2026-03-01T00:00:00.000Z", endsAt: "2026-04-01T00:00:00.000Z" };
const april = { startsAt: "2026-04-01T00:00:00.000Z", endsAt: "2026-05-01T00:00:00.000Z" };
const now = "2026-03-10T12:00:00.000Z";
const feature = "messages";

export function describeMembers(store: () => Store, second: () => Store | undefined): void {
  /** Entries of one customer, each of a member by their id. */
  const entriesOf = (customerId: string) => {
    const base = { customerId, feature, period: march, limit: 100, recordedAt: now };
    return (id: string, quantity: number, more: Partial<UsageEntry> = {}): UsageEntry => ({
      ...{ ...base, quantity, idempotencyKey: unique("key"), member: { id, limit: 10 } },
      ...more,
    });
  };
  const usedBy = async (customerId: string, memberId: string, period = march) => {
    const periods = [{ feature, startsAt: period.startsAt }];
    return (await store().readMemberUse({ customerId, memberId, periods })).used[feature] ?? 0;
  };
  const usedIn = async (customerId: string) =>
    (await store().readAccessFacts(customerId, [], new Date(now))).usage.map(({ used }) => used);

  describe("countUsage of a member", () => {
    it("counts for them and for their customer, up to both limits and not beyond", async () => {
      const customerId = unique("org");
      const of = entriesOf(customerId);
      const count = (...args: Parameters<typeof of>) => store().countUsage(of(...args));
      const member = { used: 8, limit: 10 };
      expect(await count("ada", 8)).toEqual({ outcome: "counted", used: 8, member });
      expect(await count("ada", 3)).toEqual({ outcome: "refused", limitOf: "member", used: 8, member });
      expect(await count("bob", 10)).toMatchObject({ outcome: "counted", used: 18, member: { used: 10 } });
      expect(await count("ada", 2)).toMatchObject({ outcome: "counted", used: 20, member: { used: 10 } });
      const small = { limit: 20 };
      const eve = { used: 0, limit: 10 };
      expect(await count("eve", 1, small)).toEqual({
        outcome: "refused",
        limitOf: "customer",
        used: 20,
        member: eve,
      });
      expect([
        await usedIn(customerId),
        await usedBy(customerId, "ada"),
        await usedBy(customerId, "eve"),
      ]).toEqual([[20], 10, 0]);
    });

    it("says that it was the customer's limit where both leave too little", async () => {
      const of = entriesOf(unique("org"));
      const beyond = of("ada", 11, { limit: 5 });
      expect(await store().countUsage(beyond)).toMatchObject({ outcome: "refused", limitOf: "customer" });
    });

    it("counts a key once, whoever it is said to be of", async () => {
      const customerId = unique("org");
      const entry = entriesOf(customerId)("ada", 4);
      await store().countUsage(entry);
      const again = { outcome: "duplicate", used: 4, member: { used: 4, limit: 10 } };
      expect(await store().countUsage(entry)).toEqual(again);
      const other = { ...entry, member: { id: "bob", limit: 10 } };
      expect(await store().countUsage(other)).toMatchObject({ outcome: "duplicate", member: { used: 0 } });
      expect(await usedBy(customerId, "bob")).toBe(0);
    });

    it("keeps members, customers and periods apart, and counts without a limit of theirs", async () => {
      const [one, other] = [unique("org"), unique("org")];
      const free = { member: { id: "ada", limit: null }, limit: null };
      await store().countUsage(entriesOf(one)("ada", 4_000_000_000, free));
      await store().countUsage(entriesOf(one)("ada", 2, { ...free, period: april }));
      await store().countUsage(entriesOf(other)("ada", 3));
      expect(await usedBy(one, "ada")).toBe(4_000_000_000);
      expect([await usedBy(one, "ada", april), await usedBy(other, "ada"), await usedBy(one, "bob")]).toEqual(
        [2, 3, 0],
      );
    });

    it("lets exactly as many through as both limits allow when all come at once, on two instances", async () => {
      const customerId = unique("org");
      const of = entriesOf(customerId);
      const instances = [store(), second() ?? store()];
      const names = ["ada", "bob", "eve"];
      const outcomes = await Promise.all(
        Array.from({ length: 48 }, (_, n) =>
          (instances[n % 2] ?? store()).countUsage(of(names[n % 3] ?? "", 1, { limit: 25 })),
        ),
      );
      expect(outcomes.filter(({ outcome }) => outcome === "counted")).toHaveLength(25);
      const own = await Promise.all(names.map((name) => usedBy(customerId, name)));
      expect(Math.max(...own)).toBeLessThanOrEqual(10);
      expect([own.reduce((sum, used) => sum + used, 0), await usedIn(customerId)]).toEqual([25, [25]]);
    });
  });

  describe("countManyUses of members", () => {
    it("counts each as if one came after the other, among those that name nobody", async () => {
      const customerId = unique("org");
      const of = entriesOf(customerId);
      const { member: _, ...nobody } = of("ada", 5);
      const outcomes = await store().countManyUses([
        of("ada", 9),
        of("ada", 2),
        of("bob", 2),
        nobody,
        of("ada", 1),
      ]);
      expect(outcomes).toEqual([
        { outcome: "counted", used: 9, member: { used: 9, limit: 10 } },
        { outcome: "refused", limitOf: "member", used: 9, member: { used: 9, limit: 10 } },
        { outcome: "counted", used: 11, member: { used: 2, limit: 10 } },
        { outcome: "counted", used: 16 },
        { outcome: "counted", used: 17, member: { used: 10, limit: 10 } },
      ]);
      expect([await usedBy(customerId, "ada"), await usedBy(customerId, "bob")]).toEqual([10, 2]);
    });

    it("lets exactly as many through as fit when lists and single ones come at once, on two instances", async () => {
      const customerId = unique("org");
      const of = entriesOf(customerId);
      const instances = [store(), second() ?? store()];
      const at = (n: number) => instances[n % 2] ?? store();
      const lists = Array.from({ length: 6 }, (_, n) =>
        at(n).countManyUses(["ada", "bob", "eve", "ada"].map((name) => of(name, 1))),
      );
      const singles = Array.from({ length: 10 }, (_, n) => at(n).countUsage(of("ada", 1)));
      const outcomes = [...(await Promise.all(lists)).flat(), ...(await Promise.all(singles))];
      expect(outcomes.filter(({ outcome }) => outcome === "counted")).toHaveLength(10 + 6 + 6);
      expect([await usedBy(customerId, "ada"), await usedIn(customerId)]).toEqual([10, [22]]);
    });
  });

  describe("a member's own limit", () => {
    it("takes the plan's place until it is taken away, and is no news to what was counted", async () => {
      const who = { customerId: unique("org"), memberId: "ada" };
      const of = entriesOf(who.customerId);
      const limit = (own: number | null | "plan") => store().saveMemberLimit({ ...who, feature, limit: own });
      const count = (quantity: number) => store().countUsage(of("ada", quantity));
      await count(5);
      expect(await limit(3)).toBe("saved");
      expect(await count(1)).toMatchObject({ limitOf: "member", member: { used: 5, limit: 3 } });
      await limit(null);
      expect(await count(20)).toMatchObject({ outcome: "counted", member: { used: 25, limit: null } });
      expect((await store().readMemberUse({ ...who, periods: [] })).limits).toEqual({ [feature]: null });
      await limit("plan");
      expect(await count(1)).toMatchObject({ limitOf: "member", member: { used: 25, limit: 10 } });
      expect(await store().readMemberUse({ ...who, periods: [] })).toEqual({ used: {}, limits: {} });
    });

    it("is not stored for a customer who is being deleted", async () => {
      const customerId = unique("org");
      const reference = unique("tollgate:deleted:");
      await store().beginDeletion({
        ...{ customerId, reference, digest: unique("digest"), startedAt: now, settlement: "nothing" },
      });
      const write = { customerId, memberId: "ada", feature, limit: 1 };
      expect(await store().saveMemberLimit(write)).toBe("overtaken");
    });
  });

  describe("forgetMember", () => {
    it("forgets limits, and counts where that is asked; what the customer was counted stays", async () => {
      const who = { customerId: unique("org"), memberId: "ada" };
      const of = entriesOf(who.customerId);
      await store().countManyUses([of("ada", 5), of("bob", 4)]);
      for (const memberId of ["ada", "bob"])
        await store().saveMemberLimit({ ...who, memberId, feature, limit: 7 });
      await store().forgetMember({ ...who, counts: false });
      const periods = [{ feature, startsAt: march.startsAt }];
      expect(await store().readMemberUse({ ...who, periods })).toEqual({
        used: { [feature]: 5 },
        limits: {},
      });
      await store().forgetMember({ ...who, counts: true });
      expect(await store().readMemberUse({ ...who, periods })).toEqual({ used: {}, limits: {} });
      const bob = await store().readMemberUse({ ...who, memberId: "bob", periods });
      expect(bob).toEqual({ used: { [feature]: 4 }, limits: { [feature]: 7 } });
      expect(await usedIn(who.customerId)).toEqual([9]);
    });
  });

  describe("members of a customer", () => {
    it("go with what was used when a subscription is given away, and are added up", async () => {
      const [from, to] = [unique("org"), unique("org")];
      const providerCustomerId = unique("cus");
      await store().linkCustomer({ customerId: from, provider: "stripe", providerCustomerId });
      const subscription = buildSubscription({ id: unique("sub"), customerId: from, providerCustomerId });
      await putSubscription(store(), subscription);
      await store().countManyUses([
        entriesOf(from)("ada", 5),
        entriesOf(from)("bob", 2),
        entriesOf(to)("ada", 3),
      ]);
      for (const [customerId, limit] of [
        [from, 7],
        [to, 8],
      ] as const)
        await store().saveMemberLimit({ customerId, memberId: "ada", feature, limit });
      await store().saveMemberLimit({ customerId: from, memberId: "bob", feature, limit: 9 });
      await store().moveSubscription({ subscriptionId: subscription.id, from, to, at: now }, () => [
        subscription,
      ]);
      expect([await usedBy(to, "ada"), await usedBy(to, "bob"), await usedBy(from, "ada")]).toEqual([
        8, 2, 0,
      ]);
      const limitOf = async (customerId: string, memberId: string) =>
        (await store().readMemberUse({ customerId, memberId, periods: [] })).limits;
      expect([await limitOf(to, "ada"), await limitOf(to, "bob"), await limitOf(from, "ada")]).toEqual([
        { [feature]: 8 },
        { [feature]: 9 },
        {},
      ]);
    });

    it("are deleted with them", async () => {
      const who = { customerId: unique("org"), memberId: "ada" };
      await store().countUsage(entriesOf(who.customerId)("ada", 5));
      await store().saveMemberLimit({ ...who, feature, limit: 7 });
      const { customerId } = who;
      const wish = { customerId, digest: unique("digest"), startedAt: now, settlement: "nothing" as const };
      const reference = unique("tollgate:deleted:");
      await store().beginDeletion({ ...wish, reference });
      const data = { customerId, by: "app", ended: [], reference } as const;
      await store().finishDeletion({
        deletion: { ...wish, reference, report: null },
        report: { reference, startedAt: now, finishedAt: now, ended: [], checkouts: 0, providers: [] },
        callback: () => ({ id: unique("callback"), type: "customer.deleted", data }),
      });
      const periods = [{ feature, startsAt: march.startsAt }];
      expect(await store().readMemberUse({ ...who, periods })).toEqual({ used: {}, limits: {} });
    });
  });

  describe("pruneMemberUse", () => {
    it("forgets what was used in periods that ended long ago, as many as asked for", async () => {
      const customerId = unique("org");
      const long = (year: number) => ({
        period: { startsAt: `${year}-01-01T00:00:00.000Z`, endsAt: `${year}-02-01T00:00:00.000Z` },
      });
      const always = { period: { startsAt: "1970-01-01T00:00:00.000Z", endsAt: null } };
      const of = entriesOf(customerId);
      await store().countManyUses([of("ada", 1, long(2001)), of("ada", 2, long(2002)), of("ada", 3, always)]);
      const endedBefore = "2003-01-01T00:00:00.000Z";
      expect(await store().pruneMemberUse({ endedBefore, limit: 1 })).toBe(1);
      expect(await store().pruneMemberUse({ endedBefore, limit: 10 })).toBe(1);
      const [last, forever] = [long(2002).period.startsAt, always.period.startsAt];
      const read = async (startsAt: string) =>
        (await store().readMemberUse({ customerId, memberId: "ada", periods: [{ feature, startsAt }] })).used;
      expect([await read(last), await read(forever)]).toEqual([{}, { [feature]: 3 }]);
    });
  });
}
