import { describe, expect, it } from "vitest";
import type { Settlement } from "../../ports/store/events.js";
import type { Store } from "../../ports/store.js";
import { buildSubscription } from "../building/build-subscription.js";
import {
  buildBrokenJob,
  buildCallback,
  buildCheckout,
  buildEventHead,
  buildEventRecord,
  buildPurchase,
  buildSettlement,
} from "../building/builders.js";
import { unique } from "./unique.js";

/** Claiming, saving and telling in one step. */
export function describeEvents(store: () => Store): void {
  const settle = (settlement: Partial<Settlement>) => store().settleEvent(buildSettlement(settlement));
  const newHead = () => buildEventHead({ id: unique("evt"), subscriptionId: unique("sub") });
  const newSubscription = (id: string | null) =>
    buildSubscription({ id: id ?? unique("sub"), customerId: unique("org") });

  describe("settleEvent", () => {
    it("records an event once: settled again, it is a duplicate and changes nothing", async () => {
      const head = { ...newHead(), receivedAt: "2026-03-01T00:00:01.234Z" };
      expect(await settle({ head, state: "stale", reason: "a newer state is stored" })).toBe("settled");
      const subscription = newSubscription(head.subscriptionId);
      const save = { subscription, expectedRevision: null };
      expect(await settle({ head, save })).toBe("duplicate");
      expect(await settle({ head, save, callbacks: [buildCallback(unique("never"))] })).toBe("duplicate");
      const record = buildEventRecord({ ...head, state: "stale", reason: "a newer state is stored" });
      expect(await store().findEvent(head.id, "stripe")).toEqual(record);
      expect(await store().findSubscription(subscription.id, "stripe")).toBeNull();
    });

    it("knows the same id of another provider as another event", async () => {
      const head = newHead();
      await settle({ head });
      expect(await store().findEvent(head.id, "paddle")).toBeNull();
      expect(await settle({ head: { ...head, provider: "paddle" } })).toBe("settled");
    });

    it("saves the subscription with it, new or as it was read", async () => {
      const [first, second] = [newHead(), newHead()];
      const subscription = newSubscription(first.subscriptionId);
      expect(await settle({ head: first, save: { subscription, expectedRevision: null } })).toBe("settled");
      const stored = await store().findStoredSubscription(subscription.id, "stripe");
      expect(stored?.subscription).toEqual(subscription);
      const after = { ...subscription, quantity: 2 };
      const save = { subscription: after, expectedRevision: stored?.revision ?? null };
      expect(await settle({ head: second, save })).toBe("settled");
      expect(await store().findSubscription(subscription.id, "stripe")).toEqual(after);
    });

    it.each(["one statement", "a transaction"])(
      "writes nothing at all, in %s, when the subscription is not as expected",
      async (way) => {
        const [first, second] = [newHead(), newHead()];
        const subscription = newSubscription(first.subscriptionId);
        await settle({ head: first, save: { subscription, expectedRevision: null } });
        const callbacks = way === "a transaction" ? [buildCallback(unique("never"))] : [];
        for (const expectedRevision of [null, "41"]) {
          const save = { subscription: { ...subscription, quantity: 2 }, expectedRevision };
          expect(await settle({ head: second, save, callbacks })).toBe("overtaken");
        }
        expect(await store().findSubscription(subscription.id, "stripe")).toEqual(subscription);
        expect(await store().findEvent(second.id, "stripe")).toBeNull();
        expect(await settle({ head: second })).toBe("settled");
      },
    );

    it("writes nothing at all when a part of it fails, and all of it when it is settled again", async () => {
      const head = newHead();
      const subscription = newSubscription(head.subscriptionId);
      const { customerId } = subscription;
      const retired = { customerId, provider: "stripe", providerCustomerId: unique("cus") };
      await store().linkCustomer(retired);
      const checkout = buildCheckout({ id: unique("cs"), customerId });
      await store().openCheckout(checkout, { after: null });
      const purchase = buildPurchase({ checkoutId: checkout.id, customerId });
      const settlement = {
        head,
        save: { subscription, expectedRevision: null },
        retired,
        checkout: { id: checkout.id, provider: "stripe", customerId, status: "complete", purchase },
      } as const;
      const failing = settle({ ...settlement, jobs: [buildBrokenJob("it failed on the way")] });
      await expect(failing).rejects.toThrow("it failed on the way");
      const readAll = async () => ({
        event: await store().findEvent(head.id, "stripe"),
        subscription: await store().findSubscription(subscription.id, "stripe"),
        link: await store().findCustomer(customerId, "stripe"),
        checkout: await store().findCheckout(checkout.id, customerId),
        purchases: (await store().readAccessFacts(customerId, ["stripe"], new Date())).purchases.length,
      });
      const link = expect.objectContaining(retired);
      expect(await readAll()).toEqual({ event: null, subscription: null, link, checkout, purchases: 0 });
      expect(await settle(settlement)).toBe("settled");
      expect(await readAll()).toEqual({
        event: expect.objectContaining({ id: head.id, state: "applied" }),
        subscription,
        link: null,
        checkout: { ...checkout, status: "complete", url: null },
        purchases: 1,
      });
    });

    it("settles what another fails to settle at the same moment", async () => {
      const head = newHead();
      const jobs = [buildBrokenJob("it failed on the way")];
      const [first, second] = await Promise.allSettled([settle({ head, jobs }), settle({ head })]);
      expect(second).toEqual({ status: "fulfilled", value: "settled" });
      // It may also have come second.
      const outcome = first.status === "fulfilled" ? first.value : "failed";
      expect(["failed", "duplicate"]).toContain(outcome);
    });

    it("lets exactly one win of many that settle the same event at once", async () => {
      const head = newHead();
      const outcomes = await Promise.all(Array.from({ length: 8 }, () => settle({ head })));
      expect(outcomes.filter((outcome) => outcome === "settled")).toHaveLength(1);
    });

    it("lets exactly one win of many events that saw the same subscription", async () => {
      const subscription = newSubscription(null);
      const save = { subscription, expectedRevision: null };
      const outcomes = await Promise.all(Array.from({ length: 8 }, () => settle({ head: newHead(), save })));
      expect(outcomes.filter((outcome) => outcome === "settled")).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === "overtaken")).toHaveLength(7);
    });

    it("settles a burst as if each came alone, even the bad ones among them", async () => {
      const stored = await Promise.all(
        Array.from({ length: 40 }, async () => {
          const head = newHead();
          const subscription = newSubscription(head.subscriptionId);
          await settle({ head, save: { subscription, expectedRevision: null } });
          const found = await store().findStoredSubscription(subscription.id, "stripe");
          if (found === null) throw new Error("It was not stored.");
          return found;
        }),
      );
      const updates = stored.map(({ subscription, revision }) => ({
        head: { ...newHead(), subscriptionId: subscription.id },
        save: { subscription: { ...subscription, quantity: 7 }, expectedRevision: revision },
      }));
      const [late, broken, contested, ...good] = updates;
      if (!late || !broken || !contested) throw new Error("There are too few.");
      const rival = { ...contested, head: newHead() };
      const all = [
        ...good,
        ...good.slice(0, 3),
        { ...late, save: { ...late.save, expectedRevision: "41" } },
        { ...broken, reason: "not \u0000 a text" },
        contested,
        rival,
        ...good.slice(3, 6),
      ];
      const results = await Promise.allSettled(all.map((one) => settle(one)));
      const outcomes = results.map((one) => (one.status === "fulfilled" ? one.value : "failed")).sort();
      expect(outcomes).toEqual([
        ...Array(6).fill("duplicate"),
        "failed",
        "overtaken",
        "overtaken",
        ...Array(good.length + 1).fill("settled"),
      ]);
      for (const { head, save } of good) {
        const { id } = save.subscription;
        expect(await store().findEvent(head.id, "stripe")).toMatchObject({ ...head, state: "applied" });
        const found = await store().findStoredSubscription(id, "stripe");
        expect(found?.subscription).toEqual(save.subscription);
        expect([found, null]).toContainEqual(store().recallSubscription(id, "stripe"));
      }
      for (const { head } of [late, broken]) {
        expect(await store().findEvent(head.id, "stripe")).toBeNull();
      }
      const rivals = [contested, rival].map(({ head }) => store().findEvent(head.id, "stripe"));
      expect((await Promise.all(rivals)).filter((one) => one === null)).toHaveLength(1);
    });
  });
}
