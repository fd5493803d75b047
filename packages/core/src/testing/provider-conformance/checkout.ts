import { describe, expect, it } from "vitest";
import { missing, newCustomer, openCheckout, starterOffer, timeOf, type World } from "./buyer.js";
import type { ProviderTrait } from "./driver.js";

export function describeCheckout(world: () => World, can: (trait: ProviderTrait) => boolean): void {
  describe("createCheckout", () => {
    it("opens a page for the customer that expires in the future", async () => {
      const providerCustomerId = await newCustomer(world());
      const checkout = await openCheckout(world(), starterOffer, { providerCustomerId });
      expect(checkout).toMatchObject({
        providerCustomerId,
        status: "open",
        payment: "unpaid",
        subscriptionId: null,
        url: expect.stringMatching(/^https?:\/\//),
      });
      expect(Date.parse(checkout.expiresAt)).toBeGreaterThan(timeOf(world()).getTime());
      expect(await world().provider.readCheckout(checkout.id)).toEqual(checkout);
    });

    it("makes one checkout per key, even when asked twice at once", async () => {
      const options = {
        providerCustomerId: await newCustomer(world()),
        idempotencyKey: crypto.randomUUID(),
      };
      const open = () => openCheckout(world(), starterOffer, options);
      const both = await Promise.all([open(), open()]);
      expect(new Set([...both, await open()].map(({ id }) => id)).size).toBe(1);
    });
  });

  describe("readCheckout", () => {
    it("is null for a checkout that does not exist", async () => {
      const { id } = await openCheckout(world(), starterOffer);
      expect(await world().provider.readCheckout(missing(id))).toBeNull();
    });

    it("says complete and paid, with the subscription, after the person paid", async () => {
      const { id } = await openCheckout(world(), starterOffer);
      await world().driver.payCheckout(id);
      const checkout = await world().provider.readCheckout(id);
      expect(checkout).toMatchObject({ status: "complete", payment: "paid", url: null });
      expect(checkout).toMatchObject({ subscriptionId: expect.any(String), product: null });
    });

    it.runIf(can("products"))("says complete and paid, without a subscription, for a product", async () => {
      const offer = { kind: "product", productId: "credits", currency: "eur", quantity: 2 } as const;
      const { id } = await openCheckout(world(), offer);
      await world().driver.payCheckout(id);
      const checkout = await world().provider.readCheckout(id);
      expect(checkout).toMatchObject({
        ...{ status: "complete", payment: "paid", subscriptionId: null },
        product: { productId: "credits", quantity: 2, amount: 1800, currency: "eur" },
      });
    });

    it("stays open when the card was declined", async ({ skip }) => {
      const { driver, provider } = world();
      if (driver.declineCheckout === undefined) return skip("the driver can't decline");
      const { id } = await openCheckout(world(), starterOffer);
      await driver.declineCheckout(id);
      expect(await provider.readCheckout(id)).toMatchObject({ status: "open", payment: "unpaid" });
      await driver.payCheckout(id);
      expect(await provider.readCheckout(id)).toMatchObject({ status: "complete", payment: "paid" });
    });
  });

  describe("expireCheckout", () => {
    it("closes an open checkout, once", async () => {
      const { provider } = world();
      const { id } = await openCheckout(world(), starterOffer);
      await provider.expireCheckout(id);
      await provider.expireCheckout(id);
      expect(await provider.readCheckout(id)).toMatchObject({ status: "expired", url: null });
    });

    it("leaves a checkout that was paid as it is", async () => {
      const { provider, driver } = world();
      const { id } = await openCheckout(world(), starterOffer);
      await driver.payCheckout(id);
      await provider.expireCheckout(id);
      expect(await provider.readCheckout(id)).toMatchObject({ status: "complete", payment: "paid" });
    });
  });
}
