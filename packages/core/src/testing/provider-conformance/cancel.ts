import { describe, expect, it } from "vitest";
import type { SubscriptionRef } from "../../ports/provider-subscriptions.js";
import { readOurs, starterOffer, subscribe, type World } from "./buyer.js";

const times = ["now", "period_end"] as const;

export function describeCancel(world: () => World): void {
  const cancel = (
    subscription: SubscriptionRef,
    refund: boolean,
    { key = subscription.id, at = world().provider.manage.cancels[0] ?? "now" } = {},
  ) => world().provider.manage.cancel({ subscription, at, refund, idempotencyKey: key });
  const money = (amount: number, currency: string) => ({ amount, currency });
  /** What arrived; a refund that waits has not. */
  const arrived = (amount: number) => (world().provider.manage.refunds === "done" ? amount : 0);

  describe("cancel", () => {
    it.for(times)("ends a subscription %s, if it says that it can", async (at) => {
      const ours = await subscribe(world(), starterOffer);
      if (!world().provider.manage.cancels.includes(at)) {
        await expect(cancel(ours, false, { at })).rejects.toMatchObject({ code: "not_supported" });
        return expect(await readOurs(world(), ours)).toMatchObject({ status: "active", cancelAt: null });
      }
      expect(await cancel(ours, false, { at })).toEqual({ refunded: null });
      expect(await cancel(ours, false, { at, key: crypto.randomUUID() })).toEqual({ refunded: null });
      const ended = { status: "ended" };
      const scheduled = { status: "active", cancelAt: ours.currentPeriod?.end };
      expect(await readOurs(world(), ours)).toMatchObject(at === "now" ? ended : scheduled);
      expect(await world().driver.refundedTo?.(ours.providerCustomerId)).toBeOneOf([0, undefined]);
    });

    it("refunds everything, once, however often it is called, if it says that it can", async () => {
      const ours = await subscribe(world(), { ...starterOffer, currency: "eur" });
      const { refunds } = world().provider.manage;
      if (refunds === null) {
        return expect(cancel(ours, true)).rejects.toMatchObject({ code: "not_supported" });
      }
      const refunded = money(800, "eur");
      expect(await cancel(ours, true)).toEqual({ refunded });
      expect(await cancel(ours, true)).toEqual({ refunded });
      // As if days later, when the provider has forgotten the key.
      expect(await cancel(ours, true, { key: crypto.randomUUID() })).toEqual({ refunded });
      const sum = await world().driver.refundedTo?.(ours.providerCustomerId);
      expect(sum).toBeOneOf([arrived(800), undefined]);
    });

    it("refunds once when asked twice at the same time", async ({ skip }) => {
      if (world().provider.manage.refunds === null) return skip("it claims no refunds");
      const ours = await subscribe(world(), starterOffer);
      const both = await Promise.all([cancel(ours, true), cancel(ours, true)]);
      expect(both).toEqual(Array.from({ length: 2 }, () => ({ refunded: money(900, "usd") })));
      const sum = await world().driver.refundedTo?.(ours.providerCustomerId);
      expect(sum).toBeOneOf([arrived(900), undefined]);
    });

    it("refunds what was paid for one that ended meanwhile", async ({ skip }) => {
      if (world().provider.manage.refunds === null) return skip("it claims no refunds");
      const ours = await subscribe(world(), starterOffer);
      await world().driver.endNow(ours.id);
      expect(await cancel(ours, true)).toEqual({ refunded: money(900, "usd") });
    });

    it("has nothing to refund for a trial", async ({ skip }) => {
      const { checkout, manage } = world().provider;
      if (checkout.trials === "none" || manage.refunds === null)
        return skip("it claims no trials or refunds");
      const trial = await subscribe(world(), { ...starterOffer, planId: "pro", trialDays: 14 });
      expect(await cancel(trial, true)).toEqual({ refunded: null });
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
      const { providerCustomerId } = ours;
      const { subscriptionId: id } = await driver.subscribeByHand(providerCustomerId);
      expect(await readOurs(world(), { id, providerCustomerId })).toMatchObject({
        planId: "starter",
        origin: "provider",
      });
    });
  });
}
