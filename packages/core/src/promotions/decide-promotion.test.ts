import { expect, it } from "vitest";
import type { CheckoutOffer } from "../checkout/decide-checkout.js";
import { decidePromotion } from "./decide-promotion.js";
import type { Promotion, PromotionCode } from "./promotion-code.js";

const monthly: CheckoutOffer = {
  ...{ kind: "subscription", planId: "starter", group: "main" },
  ...{ interval: "month", currency: "usd", quantity: 1, trialDays: 0 },
};
const half: PromotionCode = {
  ...{ id: "promo_1", code: "HALF", isActive: true, expiresAt: null, redemptionsLeft: null },
  ...{ providerCustomerId: null, firstPurchaseOnly: false, minimums: null, covers: true },
  ...{ percentOff: 50, amountsOff: null, duration: "once", months: null },
};
const purchase = {
  offer: monthly,
  amount: 1000,
  providerCustomerId: "cus_1" as string | null,
  hasPaid: true,
  now: new Date("2026-11-21T10:00:00.000Z"),
};
const threeMonths = { duration: "repeating", months: 3 } as const;

it.each<[string, Partial<PromotionCode>, Partial<typeof purchase>, string]>([
  ["of another customer", { providerCustomerId: "cus_2" }, {}, "other_customer"],
  [
    "of a customer, for somebody new",
    { providerCustomerId: "cus_2" },
    { providerCustomerId: null },
    "other_customer",
  ],
  ["that ends this moment", { expiresAt: "2026-11-21T10:00:00.000Z", isActive: false }, {}, "expired"],
  ["that was redeemed by others", { redemptionsLeft: 0, isActive: false }, {}, "used_up"],
  ["that the seller withdrew", { isActive: false }, {}, "inactive"],
  ["for another plan", { covers: false }, {}, "other_plan"],
  ["that takes off euros", { percentOff: null, amountsOff: { eur: 500 } }, {}, "other_currency"],
  ["with a minimum in euros", { minimums: { eur: 500 } }, {}, "other_currency"],
  ["with a higher minimum", { minimums: { usd: 1001 } }, {}, "minimum_amount"],
  [
    "with a minimum, where a trial begins",
    { minimums: { usd: 1 } },
    { offer: { ...monthly, trialDays: 14 } },
    "minimum_amount",
  ],
  ["for whoever never paid", { firstPurchaseOnly: true }, {}, "first_purchase_only"],
])("a code %s is refused for that reason", (_, code, who, reason) => {
  const decision = decidePromotion({ ...purchase, ...who, codes: [{ ...half, ...code }] });
  expect(decision).toMatchObject({ fits: false, reason });
});

it("says the minimum where that is the reason, and nothing else", () => {
  const decide = (code: Partial<PromotionCode>) =>
    decidePromotion({ ...purchase, codes: [{ ...half, ...code }] });
  expect(decide({ minimums: { usd: 1001, eur: 5 } })).toMatchObject({ minimum: 1001 });
  expect(decide({ minimums: { usd: 1001 }, covers: false })).toMatchObject({
    reason: "other_plan",
    minimum: null,
  });
  expect(decide({ minimums: { usd: 1000 } })).toMatchObject({ fits: true });
});

it("of codes that read alike takes one that fits, the customer's own first, or says the nearest reason", () => {
  const decide = (...codes: Partial<PromotionCode>[]) =>
    decidePromotion({ ...purchase, codes: codes.map((one) => ({ ...half, ...one })) });
  const own = { id: "promo_own", providerCustomerId: "cus_1" };
  expect(decide({ isActive: false }, {}, own)).toMatchObject({ fits: true, promotion: { id: "promo_own" } });
  expect(decide({ isActive: false }, { id: "promo_2" })).toMatchObject({ promotion: { id: "promo_2" } });
  expect(decide({ isActive: false }, { providerCustomerId: "cus_2" })).toMatchObject({ reason: "inactive" });
  expect(decide()).toEqual({ fits: false, reason: "unknown", minimum: null });
});

const yearly = { ...monthly, interval: "year" } as const;
const trial = { ...monthly, trialDays: 14 } as const;
const product: CheckoutOffer = { kind: "product", productId: "credits", currency: "usd", quantity: 1 };

it.each<[string, Partial<PromotionCode>, CheckoutOffer, Partial<Promotion>]>([
  ["half off once", {}, monthly, { dueNow: 500, discounted: 500, discountedPayments: 1, regular: 1000 }],
  ["half off for ever", { duration: "forever" }, monthly, { dueNow: 500, discountedPayments: null }],
  ["half off for three months, by the month", threeMonths, monthly, { dueNow: 500, discountedPayments: 3 }],
  ["half off for three months, by the year", threeMonths, yearly, { dueNow: 500, discountedPayments: 1 }],
  [
    "half off for three months, by the quarter",
    threeMonths,
    { ...monthly, interval: "3_months" },
    { discountedPayments: 1 },
  ],
  [
    "half off for three months, by the week",
    threeMonths,
    { ...monthly, interval: "week" },
    { discountedPayments: 14 },
  ],
  ["half off once, after a trial", {}, trial, { dueNow: 0, discounted: 500, discountedPayments: 1 }],
  ["half off for three months, a trial in them", threeMonths, trial, { dueNow: 0, discountedPayments: 3 }],
  [
    "half off for a month, which the trial takes",
    { ...threeMonths, months: 1 },
    { ...monthly, trialDays: 40 },
    { dueNow: 0, discountedPayments: 0 },
  ],
  [
    "all of it for ever",
    { percentOff: 100, duration: "forever" },
    monthly,
    { dueNow: 0, discounted: 0, discountedPayments: null },
  ],
  [
    "more than it costs",
    { percentOff: null, amountsOff: { usd: 5000 } },
    monthly,
    { dueNow: 0, amountOff: 5000 },
  ],
  [
    "an amount in one of its currencies",
    { percentOff: null, amountsOff: { eur: 1, usd: 300 } },
    monthly,
    { dueNow: 700 },
  ],
  ["half off a product", { duration: "forever" }, product, { dueNow: 500, discountedPayments: 1 }],
])("%s", (_, code, offer, expected) => {
  const decision = decidePromotion({ ...purchase, offer, codes: [{ ...half, ...code }] });
  expect(decision).toMatchObject({ fits: true, promotion: expected });
});

it("rounds half a cent away from zero, whatever floating point makes of it", () => {
  const codes = [{ ...half, percentOff: 8.2 }];
  expect(decidePromotion({ ...purchase, amount: 250, codes })).toMatchObject({ promotion: { dueNow: 229 } });
});

it("counts payments from a month's last day as they are billed", () => {
  const now = new Date("2027-01-31T10:00:00.000Z");
  const codes = [{ ...half, ...threeMonths, months: 1 }];
  expect(decidePromotion({ ...purchase, now, codes })).toMatchObject({
    promotion: { discountedPayments: 1 },
  });
});

const begun = { ...monthly, intro: { percentOff: 50, amountOff: null, payments: 3 } };

it.each<[string, Partial<PromotionCode>, Partial<typeof purchase>, "more" | "less" | "same"]>([
  ["takes off more once", { percentOff: 90 }, {}, "more"],
  ["takes off as much", { ...threeMonths }, {}, "same"],
  ["lasts", { percentOff: 1, duration: "forever" }, {}, "less"],
  ["takes off nothing for good", { percentOff: 0, duration: "forever" }, {}, "more"],
])("says which saves more where a code that %s takes the place of an intro", (_, code, given, saves) => {
  const { amount } = { ...purchase, ...given };
  const decision = decidePromotion({ ...purchase, ...given, offer: begun, codes: [{ ...half, ...code }] });
  expect(decision).toMatchObject({
    fits: true,
    intro: { discounted: amount / 2, discountedPayments: 3, saves },
  });
});
