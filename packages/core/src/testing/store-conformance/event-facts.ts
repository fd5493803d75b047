import { describe, expect, it } from "vitest";
import type { Settlement } from "../../ports/store/events.js";
import type { Store } from "../../ports/store.js";
import { buildSubscription } from "../building/build-subscription.js";
import { buildEventHead, buildSettlement } from "../building/builders.js";
import { unique } from "./unique.js";

/** What is known before an event is settled. */
export function describeEventFacts(store: () => Store): void {
  const settle = (settlement: Partial<Settlement>) => store().settleEvent(buildSettlement(settlement));
  const newHead = () => buildEventHead({ id: unique("evt"), subscriptionId: unique("sub") });
  const newSubscription = (id: string | null) =>
    buildSubscription({ id: id ?? unique("sub"), customerId: unique("org") });

  describe("recallSubscription", () => {
    it("remembers what was last saved, with its revision, until a save loses to another", async () => {
      const head = newHead();
      const subscription = newSubscription(head.subscriptionId);
      expect(store().recallSubscription(subscription.id, "stripe")).toBeNull();
      await settle({ head, save: { subscription, expectedRevision: null } });
      const stored = await store().findStoredSubscription(subscription.id, "stripe");
      expect(store().recallSubscription(subscription.id, "stripe")).toEqual(stored);
      expect(store().recallSubscription(subscription.id, "paddle")).toBeNull();
      const next = { ...newHead(), subscriptionId: subscription.id };
      expect(await settle({ head: next, save: { subscription, expectedRevision: null } })).toBe("overtaken");
      expect(store().recallSubscription(subscription.id, "stripe")).toBeNull();
    });
  });

  describe("findEventFacts", () => {
    it("returns everything that is known about an event at once", async () => {
      const head = { ...newHead(), providerCustomerId: unique("cus") };
      const nothing = { state: null, attempts: 0, current: null, customerId: null, ignoredAt: null };
      expect(await store().findEventFacts(head)).toEqual(nothing);
      const nameless = { ...head, providerCustomerId: null, subscriptionId: null };
      expect(await store().findEventFacts(nameless)).toEqual(nothing);
      const customerId = unique("org");
      const link = { customerId, provider: "stripe", providerCustomerId: head.providerCustomerId };
      await store().linkCustomer(link);
      const subscription = newSubscription(head.subscriptionId);
      await settle({ head, save: { subscription, expectedRevision: null } });
      const current = await store().findStoredSubscription(subscription.id, "stripe");
      expect(await store().findEventFacts(head)).toEqual({
        ...nothing,
        state: "applied",
        current,
        customerId,
      });
      expect(await store().findEventFacts({ ...head, provider: "paddle" })).toEqual(nothing);
    });

    it("says when one about a subscription was last ignored, even after it was stored", async () => {
      const head = newHead();
      const ignore = (occurredAt: string, more = {}) =>
        settle({
          head: { ...newHead(), subscriptionId: head.subscriptionId, occurredAt, ...more },
          state: "ignored",
        });
      await ignore("2026-03-03T00:00:00.000Z");
      await ignore("2026-03-02T00:00:00.000Z");
      await ignore("2026-03-09T00:00:00.000Z", { subscriptionId: unique("sub") });
      await ignore("2026-03-09T00:00:00.000Z", { provider: "paddle" });
      expect((await store().findEventFacts(head)).ignoredAt).toBe("2026-03-03T00:00:00.000Z");
      const save = { subscription: newSubscription(head.subscriptionId), expectedRevision: null };
      await settle({ head, save });
      expect((await store().findEventFacts(head)).ignoredAt).toBe("2026-03-03T00:00:00.000Z");
    });
  });
}
