import * as z from "zod";
import { addOns, currency, interval, minorUnits, quantity } from "./fields.js";
import type { Routes } from "./route.js";

const id = z.string().min(1).max(64);

/** As somebody typed it: in any case, spaces around it don't matter. */
export const promotionCode = z.string().trim().min(1).max(500);

/** The body of POST /promotion-code. */
export const promotionCodeRequest = z.union([
  z.strictObject({ code: promotionCode, planId: id, interval, currency, quantity, addOns }),
  z.strictObject({ code: promotionCode, productId: id, currency, quantity }),
]);
export type PromotionCodeRequest = z.input<typeof promotionCodeRequest>;

const reason = z.enum([
  "unknown",
  "inactive",
  "expired",
  "used_up",
  "other_customer",
  "other_plan",
  "other_currency",
  "first_purchase_only",
  "minimum_amount",
]);

/** The body of POST /promotion-code: amounts are for all of the quantity, in minor units of `currency`, before taxes. */
export const promotionCodeResponse = z.discriminatedUnion("fits", [
  z.strictObject({
    fits: z.literal(true),
    /** As the provider writes it. */
    code: z.string(),
    currency: z.string(),
    /** `null` where it takes off an amount. */
    percentOff: z.number().nullable(),
    /** Off each payment; `null` where it takes off a part. */
    amountOff: minorUnits.nullable(),
    duration: z.enum(["once", "repeating", "forever"]),
    /** Where it is `repeating`. */
    months: z.int().nullable(),
    /** 0 where a trial begins. */
    dueNow: minorUnits,
    trialDays: z.int().nonnegative(),
    /** Each payment for as long as the code works. */
    discounted: minorUnits,
    /** How many payments that are; `null`: all. */
    discountedPayments: z.int().nonnegative().nullable(),
    /** Every payment after those; for a product the price without the code. */
    regular: minorUnits,
    /** What the intro would be whose place the code takes. Absent: there is none. */
    intro: z
      .strictObject({
        /** Each of the first payments with the intro, and without the code. */
        discounted: minorUnits,
        discountedPayments: z.int().positive(),
        /** Whether the intro saves more or less than the code does. */
        saves: z.enum(["more", "less", "same"]),
      })
      .exactOptional(),
    /** The paid trial whose place the code takes. Absent: there is none. */
    paidTrial: z
      .strictObject({
        /** What it costs without the code. */
        price: minorUnits,
        days: z.int().positive(),
        /** Whether its days, less its price, are worth more or less than what the code saves. */
        saves: z.enum(["more", "less", "same"]),
      })
      .exactOptional(),
  }),
  z.strictObject({
    fits: z.literal(false),
    reason,
    currency: z.string(),
    /** What the first payment must come to, where that is the reason. */
    minimum: minorUnits.nullable(),
  }),
]);
export type PromotionCodeResponse = z.infer<typeof promotionCodeResponse>;

export const promotionCodeRoutes = {
  "POST /promotion-code": {
    name: "promotionCode",
    does: "whether a promotion code fits this person and what they want to buy, and what it does, or why not",
    who: "manager",
    asksProvider: true,
    limit: "promotion_codes",
    body: promotionCodeRequest,
    examples: [
      { code: "LAUNCH50", planId: "starter", interval: "month" },
      { code: " launch50 ", productId: "credits", quantity: 2 },
    ],
    response: promotionCodeResponse,
    refuses: [
      "unknown_plan",
      "unknown_product",
      "unknown_price",
      "invalid_quantity",
      "plan_not_for_sale",
      "unknown_add_on",
      "already_subscribed",
      "already_owned",
      "currency_conflict",
      "not_supported",
    ],
  },
} as const satisfies Routes;
