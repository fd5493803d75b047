import { describe, expect, it } from "vitest";
import type { UnsettledState } from "../../language/event-facts.js";
import type { EventHead, EventRecord, UnmatchedEvent } from "../../ports/store/events.js";
import type { Store } from "../../ports/store.js";
import {
  buildBrokenJob,
  buildEventHead,
  buildEventRecord,
  buildSettlement,
  buildSubscriptionEvent,
} from "../building/builders.js";
import { unique } from "./unique.js";

/** Events that wait for their customer. */
export function describeUnmatched(store: () => Store, second: () => Store | undefined): void {
  const other = () => second() ?? store();
  const newHead = (overrides: Partial<EventHead> = {}) =>
    buildEventHead({ id: unique("evt"), providerCustomerId: unique("cus"), ...overrides });
  const keep = (head: EventHead, state: UnsettledState, more: Partial<EventRecord> = {}) => {
    const event = buildSubscriptionEvent({ id: head.id });
    const { reason = null, attempts = 1 } = more;
    return store().keepEvent(head, { state, event, reason, attempts, nextAttemptAt: null });
  };
  const settle = (head: EventHead) => store().settleEvent(buildSettlement({ head }));
  const find = ({ id, provider }: EventHead) => store().findEvent(id, provider);

  describe("listUnmatchedEvents", () => {
    it("has the events that wait for this customer, in the provider's order", async () => {
      const providerCustomerId = unique("cus");
      const [late, early, middle] = ["03", "01", "02"].map((day) =>
        newHead({ providerCustomerId, occurredAt: `2026-03-${day}T00:00:00.000Z` }),
      );
      if (!late || !early || !middle) throw new Error("There are three.");
      for (const head of [late, early, middle, newHead()]) await keep(head, "unmatched");
      await keep(newHead({ providerCustomerId }), "failed");
      const list = async () =>
        (await store().listUnmatchedEvents(providerCustomerId, "stripe")).map(({ id }) => id);
      expect(await list()).toEqual([early.id, middle.id, late.id]);
      await settle(middle);
      expect(await list()).toEqual([early.id, late.id]);
    });
  });

  describe("keepUnmatched", () => {
    const unmatched = (head: EventHead, more: Partial<UnmatchedEvent> = {}) => {
      const providerCustomerId = head.providerCustomerId ?? unique("cus");
      const event = buildSubscriptionEvent({ id: head.id });
      const rest = { event, reason: "its customer is not known yet", attempts: 0, jobs: [] };
      return { head: { ...head, providerCustomerId }, ...rest, ...more };
    };

    it("keeps an event that waits for its customer, whole", async () => {
      const one = unmatched(newHead());
      expect(await store().keepUnmatched(one)).toBe("kept");
      const { head, event, reason } = one;
      const kept = { state: "unmatched", reason, event, attempts: 0, nextAttemptAt: null } as const;
      expect(await find(head)).toEqual(buildEventRecord({ ...head, ...kept }));
    });

    it("keeps nothing of one that is settled, or whose customer is linked, current or history", async () => {
      const settled = unmatched(newHead());
      await settle(settled.head);
      expect(await store().keepUnmatched(settled)).toBe("duplicate");
      const late = unmatched(newHead());
      const { providerCustomerId } = late.head;
      const link = { customerId: unique("org"), provider: "stripe", providerCustomerId };
      await store().linkCustomer(link);
      expect(await store().keepUnmatched(late)).toBe("linked");
      await store().retireCustomer(link);
      expect(await store().keepUnmatched(late)).toBe("linked");
      expect(await find(late.head)).toBeNull();
    });

    it("keeps nothing when a part of it fails", async () => {
      const one = unmatched(newHead(), { jobs: [buildBrokenJob("it failed on the way")] });
      await expect(store().keepUnmatched(one)).rejects.toThrow("it failed on the way");
      expect(await find(one.head)).toBeNull();
    });

    it("is seen by whoever links the customer at the same moment, or sees the link", async () => {
      for (let n = 0; n < 12; n += 1) {
        const one = unmatched(newHead());
        const { id, providerCustomerId } = one.head;
        const link = { customerId: unique("org"), provider: "stripe", providerCustomerId };
        const linkAndLook = async () => {
          await other().linkCustomer(link);
          return other().listUnmatchedEvents(providerCustomerId, "stripe");
        };
        const [outcome, waiting] = await Promise.all([store().keepUnmatched(one), linkAndLook()]);
        expect(waiting.map((event) => event.id)).toEqual(outcome === "kept" ? [id] : []);
        await settle(one.head);
      }
    });
  });

  describe("explainUnmatched", () => {
    it("says why the events of a provider's customer wait, and touches no others", async () => {
      const providerCustomerId = unique("cus");
      const [waiting, failed, anothers] = [
        newHead({ providerCustomerId }),
        newHead({ providerCustomerId }),
        newHead(),
      ];
      await keep(waiting, "unmatched", { attempts: 3, reason: "its customer is not known yet" });
      await keep(failed, "failed", { reason: "store_unavailable" });
      await keep(anothers, "unmatched");
      const before = await Promise.all([failed, anothers].map(find));
      const reason = "nobody knows whose its customer is";
      await store().explainUnmatched({ provider: "paddle", providerCustomerId, reason: "none of these" });
      await store().explainUnmatched({ provider: "stripe", providerCustomerId, reason });
      expect(await find(waiting)).toMatchObject({ state: "unmatched", attempts: 3, reason });
      expect(await Promise.all([failed, anothers].map(find))).toEqual(before);
    });
  });
}
