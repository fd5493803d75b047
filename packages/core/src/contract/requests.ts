import * as z from "zod";
import { maximumQuantity } from "../catalog/prices.js";

const id = z.string().min(1).max(64);
const currency = z
  .string()
  .regex(/^[a-z]{3}$/, "must be an ISO 4217 code in lower case")
  .optional();
/** A path of the app (`/account`) or an absolute URL on an allowed origin; checked again by the server. */
const url = z.string().min(1).max(2048).optional();
const quantity = z.int().min(1).max(maximumQuantity).optional();

const landing = {
  /** Where the person lands after paying; `?checkout=<id>` is added. @default "/" */
  returnUrl: url,
  /** Where "back" leads. @default the return URL */
  cancelUrl: url,
};

/** The body of POST /checkout. An unknown key is an error: the browser decides nothing else. */
export const checkoutRequest = z.union([
  z.strictObject({
    planId: id,
    interval: z.enum(["month", "year"]),
    currency,
    quantity,
    ...landing,
  }),
  z.strictObject({ productId: id, currency, quantity, ...landing }),
]);
export type CheckoutRequest = z.input<typeof checkoutRequest>;

/** The body of POST /portal. */
export const portalRequest = z.strictObject({
  /** Where "back" leads. @default "/" */
  returnUrl: url,
  /** What the portal opens with. @default its start page */
  flow: z.enum(["cancel", "update_payment_method", "switch_plan"]).optional(),
});
export type PortalRequest = z.input<typeof portalRequest>;

/**
 * The query of GET /plans. Unlike in a body, an unknown key is ignored: links and proxies add their own (`utm_source`),
 * and what anybody may open decides nothing.
 */
export const plansQuery = z.object({ currency });
export type PlansQuery = z.input<typeof plansQuery>;
