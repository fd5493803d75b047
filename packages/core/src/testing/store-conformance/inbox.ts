import { describe, expect, it } from "vitest";
import type { BillingEvent } from "../../language/billing-event.js";
import type { UnsettledState } from "../../language/event-facts.js";
import type { EventHead, EventRecord } from "../../ports/store/events.js";
import type { Store } from "../../ports/store.js";
import {
  buildEventHead,
  buildEventRecord,
  buildSettlement,
  buildSubscriptionEvent,
} from "../building/builders.js";
import { unique } from "./unique.js";

/** What is kept, listed, resumed and deleted. */
export function describeInbox(store: () => Store): void {
  const newHead = (overrides: Partial<EventHead> = {}) => buildEventHead({ id: unique("evt"), ...overrides });
  const keep = (head: EventHead, state: UnsettledState, more: Partial<EventRecord> = {}) => {
    const event = buildSubscriptionEvent({ id: head.id });
    const { reason = null, attempts = 1, nextAttemptAt = null } = more;
    return store().keepEvent(head, { state, event: more.event ?? event, reason, attempts, nextAttemptAt });
  };
  const settle = (head: EventHead) => store().settleEvent(buildSettlement({ head }));
  const find = ({ id, provider }: EventHead) => store().findEvent(id, provider);

  describe("keepEvent", () => {
    it("keeps a whole event until it is settled, and its head for good", async () => {
      const head = newHead();
      const event = buildSubscriptionEvent({ id: head.id });
      const nextAttemptAt = "2999-03-01T00:00:30.000Z";
      const kept = {
        state: "failed",
        reason: "store_unavailable: …",
        attempts: 3,
        nextAttemptAt,
        event,
      } as const;
      expect(await store().keepEvent(head, kept)).toBe(true);
      expect(await find(head)).toEqual(buildEventRecord({ ...head, ...kept }));
      expect(await store().findEventFacts(head)).toMatchObject({ state: "failed", attempts: 3 });
      expect(await settle(head)).toBe("settled");
      expect(await find(head)).toEqual(buildEventRecord({ ...head, attempts: 3 }));
    });

    it("remembers whose it is once that is known", async () => {
      const head = newHead({ providerCustomerId: null });
      const providerCustomerId = unique("cus");
      await keep({ ...head, providerCustomerId }, "unmatched");
      await keep(head, "failed");
      expect(await find(head)).toMatchObject({ providerCustomerId });
      await settle(head);
      expect(await find(head)).toMatchObject({ state: "applied", providerCustomerId });
    });

    it("never un-settles", async () => {
      const head = newHead();
      await settle(head);
      for (const state of ["received", "unmatched", "failed"] as const)
        expect(await keep(head, state)).toBe(false);
      expect(await find(head)).toEqual(buildEventRecord(head));
    });

    it("takes the latest state, keeps the first arrival, and never counts attempts down", async () => {
      const head = newHead({ receivedAt: "2026-03-01T00:00:01.000Z" });
      await keep(head, "failed", { attempts: 4, reason: "one", nextAttemptAt: "2999-01-01T00:00:00.000Z" });
      await keep({ ...head, receivedAt: "2026-03-02T00:00:00.000Z" }, "unmatched", {
        reason: "two",
        attempts: 0,
      });
      const now = { state: "unmatched", attempts: 4, reason: "two", nextAttemptAt: null } as const;
      expect(await find(head)).toMatchObject({ ...now, receivedAt: head.receivedAt });
    });

    it("keeps hostile keys of an event as data", async () => {
      const head = newHead();
      const event: BillingEvent = JSON.parse(
        '{"__proto__":{"polluted":true},"constructor":"x","a\'b\\"":"🏳️‍🌈"}',
      );
      await keep(head, "unmatched", { event });
      const record = await find(head);
      expect(Object.keys(record?.event ?? {}).sort()).toEqual(["__proto__", "a'b\"", "constructor"]);
      expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    });
  });

  describe("listEvents", () => {
    it("goes through all of them, the latest arrival first, each once, page by page", async () => {
      // Later than all others, so that these come first; two within one millisecond.
      const times = ["07", "07", "08", "09", "10"].map((second) => `2990-01-01T00:00:${second}.123Z`);
      const heads = times.map((receivedAt) => newHead({ receivedAt }));
      for (const head of heads) await settle(head);
      const seen: string[] = [];
      let after: string | undefined;
      for (let page = 0; page < 3; page += 1) {
        const { events, next } = await store().listEvents({ limit: 2, ...(after ? { after } : {}) });
        seen.push(...events.map(({ id }) => id));
        after = next ?? undefined;
      }
      expect(seen.slice(0, 5)).toEqual(heads.map(({ id }) => id).reverse());
    });

    it("lists those in one state, and ends", async () => {
      const head = newHead({ receivedAt: "2991-01-01T00:00:00.000Z" });
      await keep(head, "unmatched", { reason: "its customer is not known yet" });
      const page = await store().listEvents({ state: "unmatched", limit: 1 });
      expect(page.events).toMatchObject([{ id: head.id, reason: "its customer is not known yet" }]);
      const all = await store().listEvents({ state: "unmatched", limit: 1000 });
      expect(all.next).toBeNull();
      expect(new Set(all.events.map(({ state }) => state))).toEqual(new Set(["unmatched"]));
    });

    it.each(["", "x", "1.2.3", "-1.1", "1e3.1", "99999999999999999.1"])(
      "refuses %j as a cursor",
      async (after) => {
        await expect(store().listEvents({ after, limit: 1 })).rejects.toMatchObject({
          code: "invalid_query",
        });
      },
    );
  });

  describe("takeDueEvents", () => {
    const long = "2000-01-01T00:00:00.000Z";
    const take = (now: string, until: string) => store().takeDueEvents({ now, until, limit: 100 });

    it("takes up what is due, once, with one more attempt, in the provider's order", async () => {
      const [second, first] = ["02", "01"].map((day) =>
        newHead({ occurredAt: `2026-03-${day}T00:00:00.000Z` }),
      );
      if (!first || !second) throw new Error("There are two.");
      await keep(second, "failed", { attempts: 2, nextAttemptAt: long });
      await keep(first, "received", { attempts: 1, nextAttemptAt: long });
      await keep(newHead(), "failed", { nextAttemptAt: "2000-01-03T00:00:00.000Z" });
      await keep(newHead(), "failed", { nextAttemptAt: null });
      const until = "2000-01-02T12:00:00.000Z";
      const taken = await take("2000-01-02T00:00:00.000Z", until);
      const held = { state: "received", nextAttemptAt: until };
      expect(taken).toMatchObject([
        { id: first.id, attempts: 2, event: { id: first.id }, ...held },
        { id: second.id, attempts: 3, ...held },
      ]);
      expect(await take("2000-01-02T00:00:00.000Z", until)).toEqual([]);
      expect(await take("2000-01-02T13:00:00.000Z", "2999-01-01T00:00:00.000Z")).toHaveLength(2);
      for (const head of [first, second]) await settle(head);
    });

    it("takes up what waited for a customer who is linked by now", async () => {
      const providerCustomerId = unique("cus");
      const head = newHead({ providerCustomerId });
      await keep(head, "unmatched", { attempts: 0 });
      await keep(newHead({ providerCustomerId: unique("cus") }), "unmatched");
      expect(await take(long, "2000-01-02T00:00:00.000Z")).toEqual([]);
      const link = { customerId: unique("org"), provider: "stripe", providerCustomerId };
      await store().linkCustomer(link);
      const taken = await take(long, "2000-01-02T00:00:00.000Z");
      expect(taken).toMatchObject([{ id: head.id, state: "received", attempts: 1 }]);
      await settle(head);
    });

    it("gives each event to only one of two that ask at once", async () => {
      const heads = Array.from({ length: 6 }, () => newHead());
      for (const head of heads) await keep(head, "failed", { nextAttemptAt: long });
      const takes = await Promise.all([
        take(long, "2999-01-01T00:00:00.000Z"),
        take(long, "2999-01-01T00:00:00.000Z"),
      ]);
      const ids = takes.flat().map(({ id }) => id);
      expect(ids.sort()).toEqual(heads.map(({ id }) => id).sort());
      for (const head of heads) await settle(head);
    });
  });

  describe("pruneEvents", () => {
    it("deletes what is old: settled events sooner than the rest, never more than asked for", async () => {
      const at = (year: number) => `${year}-01-01T00:00:00.000Z`;
      const settled = [1971, 1972, 1975].map((year) => newHead({ receivedAt: at(year) }));
      const waiting = [1971, 1973].map((year) => newHead({ receivedAt: at(year) }));
      for (const head of settled) await settle(head);
      for (const head of waiting) await keep(head, "unmatched");
      const bounds = { settledBefore: at(1974), unsettledBefore: at(1972) };
      expect(await store().pruneEvents({ ...bounds, limit: 2 })).toBe(2);
      expect(await store().pruneEvents({ ...bounds, limit: 2 })).toBe(1);
      expect(await store().pruneEvents({ ...bounds, limit: 2 })).toBe(0);
      const left = await Promise.all([...settled, ...waiting].map(find));
      expect(left.map((record) => record?.receivedAt)).toEqual([
        undefined,
        undefined,
        at(1975),
        undefined,
        at(1973),
      ]);
    });
  });
}
