import { describe, expect, it } from "vitest";
import type { Store } from "../../ports/store.js";
import { buildSubscription } from "../building/build-subscription.js";
import { putSubscription } from "../building/put-subscription.js";
import { unique } from "./unique.js";
import { dueJobs } from "./work-off.js";

const at = "2026-03-01T00:00:00.000Z";

export function describeMoves(store: () => Store): void {
  async function settle() {
    const [from, to] = [unique("user"), unique("org")];
    const providerCustomerId = unique("cus");
    await store().linkCustomer({ customerId: from, provider: "stripe", providerCustomerId });
    await store().linkCustomer({ customerId: to, provider: "stripe", providerCustomerId: unique("cus") });
    const subscription = buildSubscription({ id: unique("sub"), customerId: from, providerCustomerId });
    const other = buildSubscription({ id: unique("sub"), customerId: from });
    for (const one of [subscription, other]) await putSubscription(store(), one);
    for (const customerId of [from, to]) {
      const use = { customerId, feature: "messages", period: { startsAt: at, endsAt: null }, limit: null };
      await store().countUsage({ ...use, quantity: 3, recordedAt: at, idempotencyKey: "once" });
    }
    return { from, to, subscription, other, move: { subscriptionId: subscription.id, from, to, at } };
  }

  describe("moveSubscription", () => {
    it("gives what is decided, its customer at the provider, and what was used", async () => {
      const { from, to, subscription, other, move } = await settle();
      const before = await store().findStoredSubscription(subscription.id, "stripe");
      expect(await store().moveSubscription(move, () => [subscription])).toBe("moved");
      expect(await store().listSubscriptions(from)).toEqual([other]);
      expect(await store().listSubscriptions(to)).toEqual([{ ...subscription, customerId: to }]);
      const { providerCustomerId } = subscription;
      expect(await store().findCustomer(from, "stripe")).toBeNull();
      expect(await store().findCustomer(to, "stripe")).toMatchObject({ providerCustomerId, profile: null });
      expect(await store().listRetiredCustomers(to, "stripe")).toHaveLength(1);
      const used = async (id: string) => (await store().readAccessFacts(id, [], new Date(at))).usage;
      expect(await used(from)).toEqual([]);
      expect(await used(to)).toMatchObject([{ used: 6 }]);
      const late = { subscription, expectedRevision: before?.revision ?? null, callbacks: [], jobs: [] };
      expect(await store().saveSubscription(late)).toBe("overtaken");
      const job = { type: "name_customer", provider: "stripe", providerCustomerId };
      expect((await dueJobs(store())).map((one) => one.job)).toContainEqual(job);
    });

    it("asks about what is stored of both, and writes nothing where there is nothing to move or it is refused", async () => {
      const { from, to, subscription, other, move } = await settle();
      const seen: string[] = [];
      const outcome = await store().moveSubscription(move, ({ ofFrom, ofTo }) => {
        seen.push(...ofFrom.map(({ id }) => id), ...ofTo.map(({ id }) => id));
        return null;
      });
      expect(outcome).toBe("unchanged");
      expect(seen.sort()).toEqual([subscription.id, other.id].sort());
      const refuse = () => {
        throw new RangeError("refused");
      };
      await expect(store().moveSubscription(move, refuse)).rejects.toThrow("refused");
      expect(await store().listSubscriptions(to)).toEqual([]);
      expect(await store().findCustomer(from, "stripe")).toMatchObject({ current: true });
    });
  });
}
