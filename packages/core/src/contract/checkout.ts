import * as z from "zod";
import { accessResponse } from "./access.js";
import { addOns, currency, interval, quantity, time, url } from "./fields.js";
import { promotionCode } from "./promotion-code.js";
import type { Routes } from "./route.js";

const id = z.string().min(1).max(64);

/** Where a checkout is shown, and where it leads. */
export const checkoutPlace = {
  /** Where the person lands when it is done; `?checkout=<id>` is added. @default "/" */
  returnUrl: url,
  /** Where "back" leads. @default the return URL */
  cancelUrl: url,
  /**
   * Where the person pays: on the provider's page, in a frame of the provider's, or in fields on a page of yours.
   * @default the provider's first, for Stripe `hosted`
   */
  kind: z.enum(["hosted", "embedded", "elements"]).optional(),
};

const landing = {
  ...checkoutPlace,
  /** A promotion code, as it was typed; checked again here. @default none */
  promotionCode: promotionCode.optional(),
};

/** The body of POST /checkout. An unknown key is an error: the browser decides nothing else. */
export const checkoutRequest = z.union([
  z.strictObject({
    planId: id,
    interval,
    currency,
    quantity,
    /** How many of each add-on are bought with the plan. @default none */
    addOns,
    ...landing,
  }),
  z.strictObject({ productId: id, currency, quantity, ...landing }),
]);
export type CheckoutRequest = z.input<typeof checkoutRequest>;

const opened = { id: z.string(), expiresAt: time.nullable() };

/** The body of POST /checkout: send the person to `url`, or show what the `clientSecret` opens on the page. */
export const checkoutResponse = z.discriminatedUnion("kind", [
  z.strictObject({
    ...opened,
    kind: z.enum(["hosted", "overlay"]),
    url: z.url(),
    clientSecret: z.null(),
  }),
  z.strictObject({
    ...opened,
    kind: z.enum(["embedded", "elements"]),
    url: z.null(),
    clientSecret: z.string(),
  }),
]);
export type CheckoutResponse = z.infer<typeof checkoutResponse>;

/** The body of GET /checkout/:id: how it ended, and the access that follows from it at once. */
export const checkoutStatusResponse = z.strictObject({
  id: z.string(),
  status: z.enum(["open", "complete", "expired"]),
  /**
   * `processing`: complete, and the money is on its way (bank debits). `failed`: complete, but the money did not
   * arrive.
   */
  payment: z.enum(["paid", "unpaid", "processing", "failed", "not_required"]),
  access: accessResponse,
});
export type CheckoutStatusResponse = z.infer<typeof checkoutStatusResponse>;

export const checkoutRoutes = {
  "POST /checkout": {
    name: "checkout",
    does: "opens a checkout, or gives the one that is open; send the person to its `url`, or pay with its `clientSecret` on the page",
    who: "manager",
    asksProvider: true,
    limit: "sessions",
    body: checkoutRequest,
    examples: [
      { planId: "starter", interval: "month" },
      { productId: "credits" },
      { planId: "pro", interval: "year", currency: "eur" },
      { planId: "team", interval: "month", quantity: 3, cancelUrl: "/back" },
      { planId: "pro", interval: "month", addOns: { storage: 2 } },
      { productId: "credits", quantity: 2, returnUrl: "/done" },
      { planId: "starter", interval: "month", promotionCode: "LAUNCH50" },
      { planId: "starter", interval: "month", kind: "elements", returnUrl: "/done" },
    ],
    response: checkoutResponse,
    refuses: [
      "unknown_plan",
      "unknown_product",
      "unknown_price",
      "invalid_quantity",
      "invalid_return_url",
      "plan_not_for_sale",
      "unknown_add_on",
      "amount_too_small",
      "promotion_code_refused",
      "already_subscribed",
      "already_owned",
      "currency_conflict",
      "too_many_subscriptions",
      "customer_missing",
      "price_not_pushed",
      "price_not_mapped",
      "not_supported",
      "catalog_of_another_database",
      "invalid_catalog",
    ],
  },
  "GET /checkout/:id": {
    name: "checkoutStatus",
    does: "how a checkout ended, read from the provider, and the access that follows at once",
    who: "manager",
    asksProvider: true,
    limit: "checkout_reads",
    params: { id: "cs_test_1" },
    response: checkoutStatusResponse,
    refuses: ["checkout_not_found"],
  },
} as const satisfies Routes;
