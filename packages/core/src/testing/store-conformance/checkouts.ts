import { describe, expect, it } from "vitest";
import type { CheckoutRecord } from "../../language/checkout-record.js";
import type { Store } from "../../ports/store.js";
import { buildSubscription } from "../building/build-subscription.js";
import { buildCheckout, buildPurchase } from "../building/builders.js";
import { putSubscription } from "../building/put-subscription.js";
import { describeCheckoutLists } from "./checkout-lists.js";
import { describeConsents } from "./consents.js";
import { describePurchases } from "./purchases.js";
import { unique } from "./unique.js";

export function describeCheckouts(store: () => Store, second: () => Store | undefined): void {
  const other = () => second() ?? store();
  const newCheckout = (overrides: Partial<CheckoutRecord> = {}) =>
    buildCheckout({ id: unique("cs"), customerId: unique("org"), ...overrides });
  const find = ({ id, customerId }: CheckoutRecord) => store().findCheckout(id, customerId);
  const settle = ({ id, provider, customerId }: CheckoutRecord, status: "complete" | "expired" | "failed") =>
    store().settleCheckout({ id, provider, customerId, status, purchase: null });

  describe("openCheckout", () => {
    it("keeps exactly what was opened, for its owner alone", async () => {
      const checkout = newCheckout({ createdAt: "2026-03-01T12:34:56.789Z" });
      expect(await store().openCheckout(checkout, { after: null })).toEqual(checkout);
      expect(await find(checkout)).toEqual(checkout);
      expect(await store().findCheckout(checkout.id, unique("org"))).toBeNull();
      expect(await store().findCheckout(unique("cs"), checkout.customerId)).toBeNull();
    });

    it("keeps one that follows the latest, and nothing of one that follows an earlier one", async () => {
      const first = newCheckout();
      const next = () => newCheckout({ customerId: first.customerId });
      await store().openCheckout(first, { after: null });
      const late = next();
      expect(await store().openCheckout(late, { after: null })).toBeNull();
      expect(await find(late)).toBeNull();
      const following = next();
      expect(await store().openCheckout(following, { after: first.id })).toEqual(following);
    });

    it("answers the one that is kept when it is opened again, unless it was settled meanwhile", async () => {
      const checkout = newCheckout();
      await store().openCheckout(checkout, { after: null });
      expect(
        await store().openCheckout({ ...checkout, createdAt: "2026-03-02T00:00:00.000Z" }, { after: null }),
      ).toEqual(checkout);
      await settle(checkout, "expired");
      expect(await store().openCheckout(checkout, { after: null })).toBeNull();
      expect(await find(checkout)).toMatchObject({ status: "expired" });
    });

    it("offers one trial: a second one in another slot is kept as expired, and not answered", async () => {
      const first = newCheckout({ trialDays: 14 });
      const { customerId } = first;
      await store().openCheckout(first, { after: null });
      const second = newCheckout({ customerId, slot: "plan:support", trialDays: 14 });
      expect(await store().openCheckout(second, { after: null })).toBeNull();
      expect(await find(second)).toEqual({ ...second, status: "expired", url: null });
      const third = newCheckout({ customerId, slot: "plan:extra" });
      expect(await store().openCheckout(third, { after: null })).toEqual(third);
    });

    it("offers no trial to whoever has had one", async () => {
      const checkout = newCheckout({ trialDays: 14 });
      const { customerId } = checkout;
      const trialEndsAt = "2026-01-15T00:00:00.000Z";
      await putSubscription(store(), buildSubscription({ id: unique("sub"), customerId, trialEndsAt }));
      expect(await store().openCheckout(checkout, { after: null })).toBeNull();
    });

    it.each([
      ["in one slot", () => "plan:main", 0],
      ["that offer a trial, in several slots", (n: number) => `plan:${n}`, 14],
    ])("lets exactly one win of many at once %s", async (_, slotOf, trialDays) => {
      const customerId = unique("org");
      const opened = await Promise.all(
        Array.from({ length: 6 }, (_, n) => {
          const checkout = newCheckout({ customerId, slot: slotOf(n), trialDays });
          return (n % 2 === 0 ? store() : other()).openCheckout(checkout, { after: null });
        }),
      );
      const won = opened.filter((one) => one !== null);
      expect(won).toHaveLength(1);
      expect(await store().listOpenCheckouts(customerId)).toEqual(won);
    });
  });

  describe("settleCheckout", () => {
    it("writes what became of it, once, and for its customer and provider alone", async () => {
      const checkout = newCheckout();
      await store().openCheckout(checkout, { after: null });
      await settle({ ...checkout, customerId: unique("org") }, "complete");
      await settle({ ...checkout, provider: "paddle" }, "complete");
      expect(await find(checkout)).toEqual(checkout);
      for (let n = 0; n < 2; n += 1) {
        await settle(checkout, "complete");
        expect(await find(checkout)).toEqual({ ...checkout, status: "complete", url: null });
      }
    });

    it("never has one expire that is complete; its money may still fail to arrive", async () => {
      const checkout = newCheckout();
      await store().openCheckout(checkout, { after: null });
      await settle(checkout, "complete");
      await settle(checkout, "expired");
      expect(await find(checkout)).toMatchObject({ status: "complete" });
      await settle(checkout, "failed");
      expect(await find(checkout)).toMatchObject({ status: "failed" });
    });

    it("keeps what was bought for good and once, even where there is no record", async () => {
      const customerId = unique("org");
      const of = (quantity: number) => buildPurchase({ checkoutId: unique("cs"), customerId, quantity });
      const [first, second] = [of(3), of(1)];
      const somebody = buildPurchase({ checkoutId: unique("cs"), customerId: unique("org") });
      for (const purchase of [first, second, { ...first, quantity: 9 }, somebody]) {
        const { checkoutId: id, provider, customerId: buyer } = purchase;
        await store().settleCheckout({ id, provider, customerId: buyer, status: "complete", purchase });
        expect(await store().findCheckout(id, buyer)).toBeNull();
      }
      const { purchases } = await store().readAccessFacts(customerId, ["stripe"], new Date());
      expect(purchases).toHaveLength(2);
      expect(purchases).toEqual(expect.arrayContaining([first, second]));
    });
  });

  describePurchases(store);
  describeConsents(store, second);
  describeCheckoutLists(store);
}
