import { describe, expect, it } from "vitest";
import type { Store } from "../../ports/store.js";
import {
  buildCheckout,
  buildEventHead,
  buildSubscription,
  buildSubscriptionEvent,
} from "../building/builders.js";
import { putSubscription } from "../building/put-subscription.js";
import { unique } from "./unique.js";

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export function describeTransactions(store: () => Store, several: boolean): void {
  describe("transaction", () => {
    it("gives back what the work resolves to, and the work sees its own writes", async () => {
      const subscription = buildSubscription({ id: unique("sub"), customerId: unique("org") });
      const seen = await store().transaction(async (tx) => {
        await putSubscription(tx, subscription);
        return tx.findSubscription(subscription.id, "stripe");
      });
      expect(seen).toEqual(subscription);
    });

    it("leaves nothing behind when the work throws, and throws the same error", async () => {
      const customerId = unique("org");
      const subscription = buildSubscription({ id: unique("sub"), customerId });
      const checkout = buildCheckout({ id: unique("cs"), customerId });
      const event = buildEventHead({ id: unique("evt") });
      const boom = new Error("the work failed");
      const work = store().transaction(async (tx) => {
        await tx.lock(customerId);
        await tx.linkCustomer({ customerId, provider: "stripe", providerCustomerId: unique("cus") });
        await putSubscription(tx, subscription);
        await tx.saveCheckout(checkout);
        await tx.keepEvent(event, {
          state: "received",
          reason: null,
          event: buildSubscriptionEvent(),
          attempts: 1,
          nextAttemptAt: null,
        });
        throw boom;
      });
      await expect(work).rejects.toBe(boom);
      expect(await store().findCustomer(customerId, "stripe")).toBeNull();
      expect(await store().listSubscriptions(customerId)).toEqual([]);
      expect(await store().findCheckout(checkout.id, customerId)).toBeNull();
      expect(await store().findEvent(event.id, "stripe")).toBeNull();
    });

    it("releases its locks when it rolls back", async () => {
      const key = unique("lock");
      const failing = store().transaction(async (tx) => {
        await tx.lock(key);
        throw new Error("the work failed");
      });
      await expect(failing).rejects.toThrow("the work failed");
      await expect(store().transaction((tx) => tx.lock(key))).resolves.toBeUndefined();
    });

    it("takes the same lock twice within one transaction", async () => {
      const key = unique("lock");
      const work = store().transaction(async (tx) => {
        await tx.lock(key);
        await tx.lock(key);
      });
      await expect(work).resolves.toBeUndefined();
    });
  });

  describe("lock", () => {
    it("lets one transaction at a time through, so that read-then-write loses nothing", async () => {
      const subscription = buildSubscription({ id: unique("sub"), customerId: unique("org"), quantity: 0 });
      await store().transaction((tx) => putSubscription(tx, subscription));
      const increment = () =>
        store().transaction(async (tx) => {
          await tx.lock(subscription.id);
          const current = await tx.findSubscription(subscription.id, "stripe");
          await pause(5);
          await putSubscription(tx, { ...subscription, quantity: (current?.quantity ?? 0) + 1 });
        });
      await Promise.all(Array.from({ length: 8 }, increment));
      expect(await store().findSubscription(subscription.id, "stripe")).toMatchObject({ quantity: 8 });
    });

    it.runIf(several)("does not keep transactions with another key waiting", async () => {
      const { promise: released, resolve: release } = barrier();
      const { promise: held, resolve: hold } = barrier();
      const first = store().transaction(async (tx) => {
        await tx.lock(unique("lock"));
        hold();
        await released;
      });
      await held;
      await store().transaction((tx) => tx.lock(unique("lock")));
      release();
      await first;
    });

    it.runIf(several)("hides what is not committed from everybody else", async () => {
      const { promise: released, resolve: release } = barrier();
      const { promise: written, resolve: write } = barrier();
      const subscription = buildSubscription({ id: unique("sub"), customerId: unique("org") });
      const first = store().transaction(async (tx) => {
        await putSubscription(tx, subscription);
        write();
        await released;
      });
      await written;
      expect(await store().findSubscription(subscription.id, "stripe")).toBeNull();
      release();
      await first;
      expect(await store().findSubscription(subscription.id, "stripe")).toEqual(subscription);
    });
  });
}

/** A promise with its switch: Node 20 has no `Promise.withResolvers`. */
function barrier(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
