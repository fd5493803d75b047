import { expect, it } from "vitest";
import type { CheckoutOffer } from "../checkout/decide-checkout.js";
import { compareWithPaidTrial } from "./compare-with-paid-trial.js";
import type { Promotion } from "./promotion-code.js";

const offer: CheckoutOffer = {
  ...{ kind: "subscription", planId: "pro", group: "main", interval: "month" },
  ...{ currency: "usd", quantity: 1, trialDays: 7, trialPrice: 100 },
};
const code: Promotion = {
  ...{ id: "promo_1", code: "HALF", percentOff: 50, amountOff: null, duration: "once", months: null },
  ...{ dueNow: 1500, discounted: 1500, discountedPayments: 1, regular: 3000 },
};
/** The period from then on has 30 days, of which seven are worth 700. */
const now = new Date("2026-11-10T10:00:00.000Z");

it.each<[string, Partial<Promotion>, "more" | "less" | "same"]>([
  ["takes off less than the days are worth", { discounted: 2401 }, "more"],
  ["takes off as much", { discounted: 2400 }, "same"],
  ["takes off more", { discounted: 2399 }, "less"],
  ["takes off a little for ever", { discounted: 2999, discountedPayments: null }, "less"],
  ["takes off nothing", { discounted: 3000, discountedPayments: null }, "more"],
])("a paid trial beside a code that %s", (_, terms, saves) => {
  const compared = compareWithPaidTrial(offer, { ...code, ...terms }, now);
  expect(compared).toEqual({ price: 100, days: 7, saves });
});

it("is compared only where there is one", () => {
  const { trialPrice: _, ...free } = offer as Extract<CheckoutOffer, { kind: "subscription" }>;
  const product = { kind: "product", productId: "credits", currency: "usd", quantity: 1 } as const;
  for (const one of [free, product]) expect(compareWithPaidTrial(one, code, now)).toBeNull();
});

it("may cost more than it saves", () => {
  const dear = compareWithPaidTrial({ ...offer, trialPrice: 900 }, { ...code, discounted: 3000 }, now);
  expect(dear).toMatchObject({ saves: "less" });
});
