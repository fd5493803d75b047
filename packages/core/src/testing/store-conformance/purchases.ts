import { beforeAll, describe, expect, it } from "vitest";
import { callbackTypes } from "../../language/callback.js";
import type { Store } from "../../ports/store.js";
import { buildPurchase } from "../building/builders.js";
import { unique } from "./unique.js";
import { succeeded, takeOf } from "./work-off.js";

export function describePurchases(store: () => Store): void {
  describe("returnPurchase", () => {
    beforeAll(() => store().hearCallbacks(callbackTypes));
    const at = "2026-03-10T00:00:00.000Z";
    const keep = async () => {
      const purchase = buildPurchase({ checkoutId: unique("cs"), customerId: unique("org") });
      const { checkoutId: id, provider, customerId } = purchase;
      await store().settleCheckout({ id, provider, customerId, status: "complete", purchase });
      const returnBy = (by: string, isGone: boolean) =>
        store().returnPurchase({ provider, checkoutId: id, found: { at, by }, isGone });
      const find = () => store().findPurchase(id, provider);
      return { purchase, returnBy, find };
    };

    it("takes it back once, gives it again by what took it alone, and tells each in the same step", async () => {
      const { purchase, returnBy, find } = await keep();
      const returned = { ...purchase, returned: { at, by: "re_1" } };
      await returnBy("re_1", false);
      expect(await find()).toEqual(purchase);
      for (const by of ["re_1", "re_1", "dp_1"]) await returnBy(by, true);
      await returnBy("dp_1", false);
      expect(await find()).toEqual(returned);
      const { purchases } = await store().readAccessFacts(purchase.customerId, ["stripe"], new Date());
      expect(purchases).toEqual([returned]);
      await returnBy("re_1", false);
      expect(await find()).toEqual(purchase);
      const [told] = await takeOf(store(), [purchase.customerId]);
      expect(told?.callback.type).toBe("product.returned");
      await store().endCallbacks(told ? [{ taken: told, end: succeeded }] : []);
      const [after, ...more] = await takeOf(store(), [purchase.customerId]);
      expect([after?.callback.type, more]).toEqual(["product.restored", []]);
    });

    it("leaves alone what is not kept, or another provider's", async () => {
      const { purchase, find } = await keep();
      const { checkoutId } = purchase;
      const found = { at, by: "re_1" };
      await store().returnPurchase({ provider: "paddle", checkoutId, found, isGone: true });
      await store().returnPurchase({ provider: "stripe", checkoutId: unique("cs"), found, isGone: true });
      expect(await find()).toEqual(purchase);
      expect(await store().findPurchase(checkoutId, "paddle")).toBeNull();
    });
  });
}
