import { describe, expect, it } from "vitest";
import { readOurs, starterOffer, subscribe, type World } from "./buyer.js";
import type { ProviderTrait } from "./driver.js";

export function describeCancel(world: () => World, can: (trait: ProviderTrait) => boolean): void {
  const cancel = (subscriptionId: string, refund: boolean, idempotencyKey = subscriptionId) =>
    world().provider.cancelSubscription({ subscriptionId, refund, idempotencyKey });

  describe("cancelSubscription", () => {
    it("ends it at once and refunds everything, once, however often it is called", async () => {
      const { id, providerCustomerId } = await subscribe(world(), { ...starterOffer, currency: "eur" });
      const refunded = { amount: 800, currency: "eur" };
      expect(await cancel(id, true)).toEqual({ refunded });
      expect(await readOurs(world(), id)).toMatchObject({ status: "ended" });
      expect(await cancel(id, true)).toEqual({ refunded });
      // As if days later, when the provider has forgotten the key.
      expect(await cancel(id, true, crypto.randomUUID())).toEqual({ refunded });
      expect(await world().driver.refundedTo?.(providerCustomerId)).toBeOneOf([800, undefined]);
    });

    it("refunds once when asked twice at the same time", async () => {
      const { id, providerCustomerId } = await subscribe(world(), starterOffer);
      const both = await Promise.all([cancel(id, true), cancel(id, true)]);
      expect(both).toEqual(Array.from({ length: 2 }, () => ({ refunded: { amount: 900, currency: "usd" } })));
      expect(await world().driver.refundedTo?.(providerCustomerId)).toBeOneOf([900, undefined]);
    });

    it("refunds what was paid for one that ended meanwhile", async () => {
      const { id } = await subscribe(world(), starterOffer);
      await world().driver.endNow(id);
      expect(await cancel(id, true)).toEqual({ refunded: { amount: 900, currency: "usd" } });
    });

    it("refunds nothing unless asked to", async () => {
      const { id, providerCustomerId } = await subscribe(world(), starterOffer);
      expect(await cancel(id, false)).toEqual({ refunded: null });
      expect(await readOurs(world(), id)).toMatchObject({ status: "ended" });
      expect(await world().driver.refundedTo?.(providerCustomerId)).toBeOneOf([0, undefined]);
    });

    it.runIf(can("trials"))("has nothing to refund for a trial", async () => {
      const { id } = await subscribe(world(), { ...starterOffer, planId: "pro", trialDays: 14 });
      expect(await cancel(id, true)).toEqual({ refunded: null });
      expect(await readOurs(world(), id)).toMatchObject({ status: "ended" });
    });
  });

  describe("the origin of a subscription", () => {
    it("is `checkout` for one that our checkout opened, and `provider` for one made by hand", async ({
      skip,
    }) => {
      const { driver } = world();
      const ours = await subscribe(world(), starterOffer);
      expect(ours.origin).toBe("checkout");
      if (driver.subscribeByHand === undefined) return skip("the driver can't subscribe by hand");
      const { subscriptionId } = await driver.subscribeByHand(ours.providerCustomerId);
      expect(await readOurs(world(), subscriptionId)).toMatchObject({
        planId: "starter",
        origin: "provider",
      });
    });
  });
}
