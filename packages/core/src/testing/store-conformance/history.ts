import { describe, expect, it } from "vitest";
import type { HistoryEntry } from "../../language/history.js";
import type { Subscription } from "../../language/subscription.js";
import type { Store } from "../../ports/store.js";
import { buildHistoryEntry, buildPaymentEntry } from "../building/build-history.js";
import { buildSubscription } from "../building/build-subscription.js";
import { buildCallback, buildEventHead, buildSettlement } from "../building/builders.js";
import { unique } from "./unique.js";

const day = (date: number) => new Date(Date.UTC(2026, 2, date)).toISOString();

/** Every change, in the same step as the change. */
export function describeHistory(store: () => Store): void {
  const list = async (customerId: string) =>
    (await store().listHistory({ customerId, after: null, limit: 100 })).entries;
  const begin = () => buildSubscription({ id: unique("sub"), customerId: unique("org") });

  async function save(subscription: Subscription, overrides: Partial<HistoryEntry> | null = {}) {
    const { id, provider } = subscription;
    const stored = await store().findStoredSubscription(id, provider);
    const history = overrides && buildHistoryEntry(subscription, overrides);
    const expectedRevision = stored?.revision ?? null;
    return store().saveSubscription({ subscription, expectedRevision, history, callbacks: [], jobs: [] });
  }

  /** Through the inbox, several at once where they are given so. */
  async function settle(subscription: Subscription, facts: readonly HistoryEntry[] = [], told = 0) {
    const stored = await store().findStoredSubscription(subscription.id, subscription.provider);
    const head = buildEventHead({ id: unique("evt"), subscriptionId: subscription.id });
    const history = buildHistoryEntry(subscription);
    const callbacks = Array.from({ length: told }, () => buildCallback(unique("callback"), subscription));
    const expectedRevision = stored?.revision ?? null;
    return store().settleEvent(
      buildSettlement({ head, save: { subscription, expectedRevision, history }, facts, callbacks }),
    );
  }

  describe("listHistory", () => {
    it("has what was saved, whole, the latest first and page by page", async () => {
      const subscription = begin();
      const after = { ...subscription, quantity: 2, asOf: day(2) };
      await save(subscription);
      await save(after, { delta: 0, changed: ["quantity"] });
      await save({ ...after, expiringTold: "pm_1" }, null);
      const entries = await list(subscription.customerId);
      expect(entries.map(({ position: _, ...entry }) => entry)).toEqual([
        buildHistoryEntry(after, { delta: 0, changed: ["quantity"] }),
        buildHistoryEntry(subscription),
      ]);
      const page = { customerId: subscription.customerId, limit: 1 };
      const first = await store().listHistory({ ...page, after: null });
      const second = await store().listHistory({ ...page, after: first.next });
      expect([...first.entries, ...second.entries]).toEqual(entries);
      expect(second.next).toBeNull();
      await expect(store().listHistory({ ...page, after: "x" })).rejects.toMatchObject({
        code: "invalid_query",
      });
    });

    it("has the latest first however many there are", async () => {
      const subscription = begin();
      const quantities = Array.from({ length: 12 }, (_, index) => index + 1);
      for (const quantity of quantities) await save({ ...subscription, quantity, asOf: day(quantity) });
      const entries = await list(subscription.customerId);
      expect(entries.map((entry) => entry.subscription?.quantity)).toEqual(quantities.toReversed());
    });

    it.each([0, 1, 2])("has what events changed, with %i callbacks, and each fact once", async (told) => {
      const subscription = begin();
      const { customerId } = subscription;
      const fact = buildPaymentEntry({ customerId, factId: unique("fact") });
      await settle(subscription, [fact], told);
      await settle({ ...subscription, quantity: 2 }, [fact], told);
      const other = buildEventHead({ id: unique("evt") });
      await store().settleEvent(
        buildSettlement({ head: other, facts: [fact, { ...fact, factId: unique("fact") }] }),
      );
      const entries = await list(customerId);
      expect(entries.map(({ kind }) => kind).sort()).toEqual([
        "payment",
        "payment",
        "subscription",
        "subscription",
      ]);
      expect(entries.find(({ kind }) => kind === "payment")).toMatchObject({
        amount: 2900,
        subscription: null,
      });
    });

    it("has nothing of what was overtaken, and all of what was settled in one burst", async () => {
      const many = Array.from({ length: 6 }, begin);
      await Promise.all(many.map((one) => settle(one)));
      await Promise.all(many.map((one) => settle({ ...one, quantity: 3 }, [], 1)));
      for (const { customerId } of many) expect(await list(customerId)).toHaveLength(2);
      const [one = begin()] = many;
      const history = buildHistoryEntry(one);
      const late = { subscription: one, expectedRevision: null, history };
      expect(await store().saveSubscription({ ...late, callbacks: [], jobs: [] })).toBe("overtaken");
      const head = buildEventHead({ id: unique("evt"), subscriptionId: one.id });
      expect(await store().settleEvent(buildSettlement({ head, save: late }))).toBe("overtaken");
      expect(await list(one.customerId)).toHaveLength(2);
    });
  });

  describe("readHistoryAt", () => {
    it("has the latest by then of each subscription", async () => {
      const subscription = begin();
      const { customerId } = subscription;
      const second = buildSubscription({ id: unique("sub"), customerId, asOf: day(4) });
      await save(subscription);
      await save({ ...subscription, quantity: 2, asOf: day(3) }, { delta: 0 });
      await save(second);
      const quantities = async (at: string) => {
        const { entries } = await store().readHistoryAt({ customerId, at });
        return entries.map((entry) => entry.subscription?.quantity).sort();
      };
      expect(await quantities("2026-02-28T23:59:59.999Z")).toEqual([]);
      expect(await quantities(day(2))).toEqual([1]);
      expect(await quantities(day(3))).toEqual([2]);
      expect(await quantities(day(5))).toEqual([1, 2]);
    });

    it("goes with a subscription that is given away, and still knows whose it was", async () => {
      const subscription = begin();
      const { customerId: from, id: subscriptionId } = subscription;
      const to = unique("org");
      const link = { provider: "stripe", providerCustomerId: subscription.providerCustomerId };
      await store().linkCustomer({ ...link, providerCustomerId: unique("cus"), customerId: from });
      await save(subscription);
      await store().moveSubscription({ subscriptionId, from, to, at: day(5) }, () => [subscription]);
      const held = async (customerId: string, at: string) =>
        (await store().readHistoryAt({ customerId, at })).entries.map((entry) => entry.customerId);
      expect([await held(from, day(4)), await held(from, day(6))]).toEqual([[from], []]);
      expect([await held(to, day(4)), await held(to, day(6))]).toEqual([[], [to]]);
      expect((await list(to)).map(({ cause }) => cause.kind)).toEqual(["move", "event"]);
      expect((await list(from)).map(({ customerId }) => customerId)).toEqual([from]);
    });
  });

  describe("readHistorySums", () => {
    it("adds up what changed customer by customer, in spans, with when they first paid", async () => {
      const currency = unique("x");
      const subscription = { ...begin(), currency };
      const step = (date: number, mrr: number, delta: number, more: Partial<HistoryEntry> = {}) =>
        save({ ...subscription, asOf: day(date), quantity: date }, { mrr, delta, ...more });
      await step(1, 100, 100);
      await step(3, 150, 50);
      await step(5, 0, -150, { ending: "involuntary" });
      await step(7, 80, 80);
      await save({ ...begin(), currency, asOf: day(4) }, { mrr: 10, delta: 10 });
      const bounds = [day(2), day(4), day(6), day(9)];
      const { movements } = await store().readHistorySums({ bounds, currency });
      const told = { currency, ending: null, count: 1 };
      expect(movements).toHaveLength(5);
      expect(movements).toEqual(
        expect.arrayContaining([
          { ...told, span: 0, cohort: 0, kind: "new", delta: 100 },
          { ...told, span: 1, cohort: 0, kind: "expansion", delta: 50 },
          { ...told, span: 2, cohort: 0, kind: "churn", ending: "involuntary", delta: -150 },
          { ...told, span: 2, cohort: 2, kind: "new", delta: 10 },
          { ...told, span: 3, cohort: 0, kind: "reactivation", delta: 80 },
        ]),
      );
    });

    it("adds up trials and money within the spans", async () => {
      const currency = unique("x");
      const subscription = { ...begin(), currency, asOf: day(3) };
      await save(subscription, { mrr: 0, delta: 0, trial: "began" });
      const { customerId } = subscription;
      const pay = (date: number, status: string, amount: number) =>
        buildPaymentEntry({
          customerId,
          currency,
          status,
          amount,
          occurredAt: day(date),
          factId: unique("fact"),
        });
      const facts = [
        pay(1, "succeeded", 5),
        pay(3, "succeeded", 7),
        pay(4, "succeeded", 8),
        pay(5, "failed", 9),
      ];
      await store().settleEvent(buildSettlement({ head: buildEventHead({ id: unique("evt") }), facts }));
      await store().settleEvent(
        buildSettlement({ head: buildEventHead({ id: unique("evt") }), facts: [pay(3, "succeeded", 0)] }),
      );
      const sums = await store().readHistorySums({ bounds: [day(2), day(5), day(6)], currency });
      expect(sums.facts).toHaveLength(3);
      expect(sums.facts).toEqual(
        expect.arrayContaining([
          { currency, span: 1, kind: "payment", status: "succeeded", count: 2, amount: 15 },
          { currency, span: 2, kind: "payment", status: "failed", count: 1, amount: 9 },
          { currency, span: 1, kind: "subscription", status: "began", count: 1, amount: 0 },
        ]),
      );
    });
  });

  describe("countHistory", () => {
    it("leaves every sum as it is, whatever came late, was given away or is cut in two", async () => {
      const currency = unique("x");
      const [one, other] = [begin(), begin()].map((subscription) => ({ ...subscription, currency }));
      if (one === undefined || other === undefined) throw new Error("There are two.");
      const noon = (date: number) => day(date).replace("T00", "T12");
      const change = (subscription: Subscription, asOf: string, mrr: number, delta: number) =>
        save({ ...subscription, asOf, quantity: mrr + 1 }, { mrr, delta });
      const read = async () => {
        const wishes = [
          [day(1), day(20)],
          [noon(3), noon(5), day(6), noon(8)],
          [day(4), noon(4)],
        ];
        const all = wishes.map((bounds) => store().readHistorySums({ bounds, currency }));
        const ordered = (await Promise.all(all)).map(({ movements, facts }) =>
          [...movements, ...facts].map((sum) => JSON.stringify(sum, Object.keys(sum).sort())).sort(),
        );
        return ordered;
      };
      const stays = async () => {
        const before = await read();
        await store().countHistory();
        expect(await read()).toEqual(before);
        return before;
      };
      await change(one, day(3), 100, 100);
      await change(one, noon(5), 150, 50);
      await change(other, noon(4), 70, 70);
      const first = await stays();
      await change(other, day(4), 90, 20);
      await change(one, day(2), 0, -150);
      const second = await stays();
      expect(second).not.toEqual(first);
      const { customerId: from, id: subscriptionId } = other;
      const who = { subscriptionId, from, to: one.customerId, at: day(9) };
      const move = store().moveSubscription(who, ({ ofFrom }) => ofFrom);
      expect(await move).toBe("moved");
      expect(await stays()).not.toEqual(second);
      expect(await store().countHistory()).toBe(0);
    });
  });

  describe("pruneHistory", () => {
    it("leaves of what is old the latest of each subscription, and every sum", async () => {
      const currency = unique("x");
      const subscription = { ...begin(), currency, asOf: "2020-01-01T00:00:00.000Z" };
      const { customerId } = subscription;
      await save(subscription, { mrr: 100, delta: 100 });
      await save({ ...subscription, asOf: "2020-02-01T00:00:00.000Z", quantity: 2 }, { mrr: 160, delta: 60 });
      await save({ ...subscription, asOf: day(1), quantity: 3 }, { mrr: 170, delta: 10 });
      const total = async () => {
        const { movements } = await store().readHistorySums({ bounds: [day(2), day(3)], currency });
        return movements.reduce((sum, { delta }) => sum + delta, 0);
      };
      expect(await total()).toBe(170);
      const bounds = ["2020-01-01T00:00:00.000Z", "2020-01-15T00:00:00.000Z", day(2)];
      const sums = async () => (await store().readHistorySums({ bounds, currency })).movements;
      const whole = await sums();
      expect(whole).toHaveLength(2);
      const before = "2020-06-01T00:00:00.000Z";
      expect(await store().pruneHistory({ before, limit: 1000 })).toBeGreaterThanOrEqual(1);
      expect(await store().pruneHistory({ before, limit: 1000 })).toBe(0);
      expect((await list(customerId)).map(({ mrr, delta, cause }) => [mrr, delta, cause.kind])).toEqual([
        [170, 10, "event"],
        [160, 160, "beginning"],
      ]);
      expect(await total()).toBe(170);
      expect(await sums()).toEqual(expect.arrayContaining([...whole]));
      const { knownSince } = await store().readHistoryAt({ customerId, at: day(9) });
      expect(knownSince).toBe("2020-02-01T00:00:00.000Z");
    });
  });
}
