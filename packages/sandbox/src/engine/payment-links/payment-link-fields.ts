import type Stripe from "stripe";
import type { Given } from "../world/wire.js";

/** What an app may ask for when it creates a link, once decoded. */
export type PaymentLinkFields = Omit<Given<Stripe.PaymentLinkCreateParams>, "expand">;

/** What an app may change in a link. */
export type PaymentLinkUpdate = Omit<Given<Stripe.PaymentLinkUpdateParams>, "expand">;

/** What a link's sessions are like, as the app asked for it. */
export type PaymentLinkTerms = Partial<
  Omit<PaymentLinkFields, "currency" | "inactive_message" | "line_items" | "metadata" | "restrictions">
>;
