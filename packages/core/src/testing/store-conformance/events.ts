import { describe, expect, it } from "vitest";
import type { EventRecord } from "../../ports/store/events.js";
import type { Store } from "../../ports/store.js";
import { buildEventRecord, buildSubscriptionEvent } from "../builders.js";
import { unique } from "./unique.js";

export function describeEvents(store: () => Store, several: boolean): void {
  const claim = (event: EventRecord) => store().transaction((tx) => tx.claimEvent(event));
  const listUnmatched = (providerCustomerId: string) =>
    store().transaction((tx) => tx.listUnmatchedEvents(providerCustomerId, "stripe"));
  const unmatchedOf = (providerCustomerId: string, overrides: Partial<EventRecord> = {}) =>
    buildEventRecord({
      id: unique("evt"),
      state: "unmatched",
      unmatched: { providerCustomerId, event: buildSubscriptionEvent({ providerCustomerId }) },
      ...overrides,
    });

  describe("claimEvent", () => {
    it("records an event once: the second claim is refused and changes nothing", async () => {
      const event = buildEventRecord({ id: unique("evt"), receivedAt: "2026-03-01T00:00:01.234Z" });
      expect(await claim(event)).toBe(true);
      expect(await claim({ ...event, state: "stale" })).toBe(false);
      expect(await store().findEvent(event.id, "stripe")).toEqual(event);
    });

    it("knows the same id of another provider as another event", async () => {
      const event = buildEventRecord({ id: unique("evt") });
      await claim(event);
      expect(await store().findEvent(event.id, "paddle")).toBeNull();
      expect(await claim({ ...event, provider: "paddle" })).toBe(true);
    });

    it("may be claimed again after a rollback: nothing is done before it is done", async () => {
      const event = buildEventRecord({ id: unique("evt") });
      const crashing = store().transaction(async (tx) => {
        await tx.claimEvent(event);
        throw new Error("crashed before the commit");
      });
      await expect(crashing).rejects.toThrow("crashed before the commit");
      expect(await claim(event)).toBe(true);
    });

    it("records an unmatched event anew, so that it can be applied once its customer is known", async () => {
      const event = unmatchedOf(unique("cus"));
      expect(await claim(event)).toBe(true);
      expect(await claim(event)).toBe(true);
      const applied: EventRecord = { ...event, state: "applied", unmatched: null };
      expect(await claim(applied)).toBe(true);
      expect(await store().findEvent(event.id, "stripe")).toEqual(applied);
      expect(await claim(event)).toBe(false);
    });

    it("lets exactly one of many win that claim the same event at once", async () => {
      const event = buildEventRecord({ id: unique("evt") });
      const claims = await Promise.all(Array.from({ length: 8 }, () => claim(event)));
      expect(claims.filter(Boolean)).toHaveLength(1);
    });

    it.runIf(several).each(["commits", "rolls back"])("waits for a claim under way: it %s", async (end) => {
      const event = buildEventRecord({ id: unique("evt") });
      const order: string[] = [];
      let second: Promise<boolean> | undefined;
      const first = store().transaction(async (tx) => {
        await tx.claimEvent(event);
        second = claim(event).finally(() => order.push("second"));
        await new Promise((resolve) => setTimeout(resolve, 100));
        order.push("first");
        if (end === "rolls back") throw new Error("rolled back");
      });
      await first.catch(() => undefined);
      expect(await second).toBe(end === "rolls back");
      expect(order).toEqual(["first", "second"]);
    });
  });

  describe("listUnmatchedEvents", () => {
    it("has the events that wait for this customer, in the provider's order", async () => {
      const customer = unique("cus");
      const late = unmatchedOf(customer, { occurredAt: "2026-03-03T00:00:00.000Z" });
      const early = unmatchedOf(customer, { occurredAt: "2026-03-01T00:00:00.000Z" });
      const middle = unmatchedOf(customer, { occurredAt: "2026-03-02T00:00:00.000Z" });
      for (const event of [late, early, middle, unmatchedOf(unique("cus"))]) await claim(event);
      expect(await listUnmatched(customer)).toEqual([early, middle, late]);
      await claim({ ...middle, state: "applied", unmatched: null });
      expect(await listUnmatched(customer)).toEqual([early, late]);
    });

    it("keeps hostile keys of an event as data", async () => {
      const customer = unique("cus");
      const event: unknown = JSON.parse('{"__proto__":{"polluted":true},"constructor":"x","a\'b\\"":"🏳️‍🌈"}');
      await claim(unmatchedOf(customer, { unmatched: { providerCustomerId: customer, event } }));
      const [found] = await listUnmatched(customer);
      expect(Object.keys(found?.unmatched?.event ?? {}).sort()).toEqual([
        "__proto__",
        "a'b\"",
        "constructor",
      ]);
      expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    });
  });
}
