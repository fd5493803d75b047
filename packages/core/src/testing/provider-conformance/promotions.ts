import { describe, expect, it } from "vitest";
import { decidePromotion } from "../../promotions/decide-promotion.js";
import { newCustomer, openCheckout, starterOffer, timeOf, type World } from "./buyer.js";

export function describePromotions(world: () => World): void {
  const codes = () => world().provider.checkout.promotions;

  describe("a promotion code", () => {
    it("is found in any case, and takes off what was decided, if there are any", async ({ skip }) => {
      const code = await world().driver.makePromotionCode?.();
      if (codes() === undefined || code === undefined) return skip("it claims no promotion codes");
      const found = (await codes()?.find(code.toLowerCase(), starterOffer)) ?? [];
      expect(found).toMatchObject([
        { code, isActive: true, covers: true, percentOff: 20, duration: "forever" },
      ]);
      const providerCustomerId = await newCustomer(world());
      const buyer = { providerCustomerId, hasPaid: false, now: timeOf(world()) };
      const decided = decidePromotion({ codes: found, offer: starterOffer, amount: 900, ...buyer });
      const promotion = decided.fits ? decided.promotion : null;
      expect(promotion).toMatchObject({ dueNow: 720, discountedPayments: null });
      const { id } = await openCheckout(world(), starterOffer, { providerCustomerId, promotion });
      await world().driver.payCheckout(id);
      expect(await world().driver.chargedTo?.(providerCustomerId)).toBeOneOf([720, undefined]);
      expect(await codes()?.hasPaid(providerCustomerId)).toBe(true);
    });

    it("that does not exist is none, and nobody new has paid", async ({ skip }) => {
      if (codes() === undefined) return skip("it claims no promotion codes");
      expect(await codes()?.find("NOSUCHCODE", starterOffer)).toEqual([]);
      expect(await codes()?.hasPaid(await newCustomer(world()))).toBe(false);
    });
  });
}
