import * as z from "zod";
import { checkoutPlace, checkoutResponse } from "./checkout.js";
import { currency, time } from "./fields.js";
import type { Routes } from "./route.js";

/** The body of GET /payment-methods, and of what changes them: all that is on file then, the newest first. */
export const paymentMethodsResponse = z.strictObject({
  paymentMethods: z.array(
    z.strictObject({
      id: z.string(),
      /** `visa`, or the kind of the method where it is no card: `sepa_debit`. */
      brand: z.string(),
      last4: z.string().nullable(),
      /** From when on it can't be charged: the end of a card's month, in UTC. */
      expiresAt: time.nullable(),
      createdAt: time.nullable(),
      /** Whether renewals are charged to it. */
      isDefault: z.boolean(),
      /** Whether a running subscription will be charged to it. */
      inUse: z.boolean(),
    }),
  ),
});
export type PaymentMethodsResponse = z.infer<typeof paymentMethodsResponse>;

/** The body of POST /payment-methods. */
export const addPaymentMethodRequest = z.strictObject({});
export type AddPaymentMethodRequest = z.input<typeof addPaymentMethodRequest>;

/** What POST /payment-methods answers: the browser enters and confirms another one with it. */
export const addPaymentMethodResponse = z.strictObject({ clientSecret: z.string() });
export type AddPaymentMethodResponse = z.infer<typeof addPaymentMethodResponse>;

/** The body of POST /payment-methods/checkout. */
export const paymentMethodCheckoutRequest = z.strictObject({
  /** What can be saved depends on it. @default the one that they are billed in, else the catalog's first */
  currency,
  ...checkoutPlace,
});
export type PaymentMethodCheckoutRequest = z.input<typeof paymentMethodCheckoutRequest>;

/** The body of POST /payment-methods/:id/default. */
export const defaultPaymentMethodRequest = z.strictObject({});
export type DefaultPaymentMethodRequest = z.input<typeof defaultPaymentMethodRequest>;

const shared = { who: "manager", asksProvider: true, limit: "changes" } as const;
const one = { params: { id: "pm_missing" }, response: paymentMethodsResponse } as const;

export const paymentMethodRoutes = {
  "GET /payment-methods": {
    ...shared,
    limit: "checkout_reads",
    name: "paymentMethods",
    does: "what is on file to pay with, and what renewals are charged to",
    response: paymentMethodsResponse,
    refuses: ["not_supported"],
  },
  "POST /payment-methods": {
    ...shared,
    name: "addPaymentMethod",
    does: "prepares for another one, which the browser enters and confirms with the `clientSecret`",
    body: addPaymentMethodRequest,
    examples: [{}],
    response: addPaymentMethodResponse,
    refuses: ["not_a_customer", "not_supported"],
  },
  "POST /payment-methods/checkout": {
    ...shared,
    limit: "sessions",
    name: "paymentMethodCheckout",
    does: "opens a checkout that buys nothing: what is saved in it is what renewals are charged to, and a trial that waits for it continues; `GET /checkout/:id` says how it ended",
    body: paymentMethodCheckoutRequest,
    examples: [{}, { kind: "elements", returnUrl: "/done" }, { currency: "eur", cancelUrl: "/back" }],
    response: checkoutResponse,
    refuses: ["invalid_return_url", "not_a_customer", "customer_missing", "not_supported"],
  },
  "POST /payment-methods/:id/default": {
    ...shared,
    ...one,
    name: "setDefaultPaymentMethod",
    does: "charges renewals to it, those of subscriptions that name another one, too",
    body: defaultPaymentMethodRequest,
    examples: [{}],
    refuses: ["not_found", "not_supported"],
  },
  "DELETE /payment-methods/:id": {
    ...shared,
    ...one,
    name: "removePaymentMethod",
    does: "takes one away; not the last one that a running subscription is charged to",
    refuses: ["not_found", "payment_method_in_use", "not_supported"],
  },
} as const satisfies Routes;
