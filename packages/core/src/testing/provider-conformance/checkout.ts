import { describe, expect, it } from "vitest";
import { missing, newCustomer, openCheckout, starterOffer, subscribe, timeOf, type World } from "./buyer.js";

export function describeCheckout(world: () => World): void {
  const credits = { kind: "product", productId: "credits", currency: "eur", quantity: 2 } as const;

  describe("open", () => {
    it("opens a page for the customer, which ends in the future, or not by itself", async () => {
      const { customers, checkout: selling } = world().provider;
      const isMade = customers.kind === "made_by_checkout";
      const providerCustomerId = isMade ? null : await newCustomer(world());
      const checkout = await openCheckout(
        world(),
        starterOffer,
        isMade ? {} : { providerCustomerId: providerCustomerId ?? "" },
      );
      expect(checkout).toMatchObject({
        providerCustomerId,
        status: "open",
        payment: "unpaid",
        subscriptionId: null,
        url: expect.stringMatching(/^https?:\/\//),
      });
      const { expiresAt } = checkout;
      expect(expiresAt !== null).toBe(selling.expires);
      if (expiresAt !== null) expect(Date.parse(expiresAt)).toBeGreaterThan(timeOf(world()).getTime());
      expect(await world().provider.checkout.read(checkout.id)).toEqual(checkout);
    });

    it("makes one checkout per key, even when asked twice at once, if it says so", async ({ skip }) => {
      if (!world().provider.checkout.idempotent) return skip("it claims nothing about keys");
      const options = {
        providerCustomerId: await newCustomer(world()),
        idempotencyKey: crypto.randomUUID(),
      };
      const open = () => openCheckout(world(), starterOffer, options);
      const both = await Promise.all([open(), open()]);
      expect(new Set([...both, await open()].map(({ id }) => id)).size).toBe(1);
    });
  });

  describe("read", () => {
    it("is null for a checkout that does not exist", async () => {
      const { id } = await openCheckout(world(), starterOffer);
      expect(await world().provider.checkout.read(missing(id))).toBeNull();
    });

    it("says complete and paid, with the subscription, after the person paid", async () => {
      const { id } = await openCheckout(world(), starterOffer);
      await world().driver.payCheckout(id);
      const checkout = await world().provider.checkout.read(id);
      expect(checkout).toMatchObject({ status: "complete", payment: "paid", url: null });
      expect(checkout).toMatchObject({ subscriptionId: expect.any(String), product: null });
    });

    it("says complete and paid, without a subscription, for a product, if it sells any", async () => {
      if (!world().provider.checkout.products) {
        return expect(openCheckout(world(), credits)).rejects.toMatchObject({ code: "not_supported" });
      }
      const { id } = await openCheckout(world(), credits);
      await world().driver.payCheckout(id);
      const checkout = await world().provider.checkout.read(id);
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
      expect(await provider.checkout.read(id)).toMatchObject({ status: "open", payment: "unpaid" });
      await driver.payCheckout(id);
      expect(await provider.checkout.read(id)).toMatchObject({ status: "complete", payment: "paid" });
    });
  });

  describe("close", () => {
    it("closes an open checkout, once", async ({ skip }) => {
      const { checkout } = world().provider;
      if (checkout.close === undefined) return skip("it claims no closing");
      const { id } = await openCheckout(world(), starterOffer);
      await checkout.close(id);
      await checkout.close(id);
      expect(await checkout.read(id)).toMatchObject({ status: "expired", url: null });
    });

    it("leaves a checkout that was paid as it is", async ({ skip }) => {
      const { checkout } = world().provider;
      if (checkout.close === undefined) return skip("it claims no closing");
      const { id } = await openCheckout(world(), starterOffer);
      await world().driver.payCheckout(id);
      await checkout.close(id);
      expect(await checkout.read(id)).toMatchObject({ status: "complete", payment: "paid" });
    });
  });

  describe("a trial", () => {
    const pro = { ...starterOffer, planId: "pro" };

    it("is given or not, as the offer says, if there are any", async () => {
      if (world().provider.checkout.trials === "none") {
        const offer = { ...pro, trialDays: 14 };
        return expect(openCheckout(world(), offer)).rejects.toMatchObject({ code: "not_supported" });
      }
      expect(await subscribe(world(), { ...pro, trialDays: 14 })).toMatchObject({ status: "trialing" });
      expect(await subscribe(world(), pro)).toMatchObject({ status: "active", trialEndsAt: null });
    });

    it("is as long as the offer says, or refused: nobody is charged sooner than they were told", async () => {
      const { catalog, checkout } = world().provider;
      const offer = { ...pro, trialDays: 3 };
      if (checkout.trials === "per_checkout") {
        const { startedAt, trialEndsAt } = await subscribe(world(), offer);
        const days = (Date.parse(trialEndsAt ?? "") - Date.parse(startedAt)) / 86_400_000;
        return expect(Math.round(days)).toBe(3);
      }
      const price = catalog.kind === "pushed" ? "price_not_pushed" : "price_not_mapped";
      const code = checkout.trials === "none" ? "not_supported" : price;
      await expect(openCheckout(world(), offer)).rejects.toMatchObject({ code });
    });
  });
}
