import { need } from "../../engine/world/find.js";
import type { ConfirmationToken, PaymentIntent } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";

/** The intent that a request's address names. */
export const needPaymentIntent = (world: World, id: string): PaymentIntent =>
  need(world.paymentIntents, "payment_intent", id, "intent");

/** What may be said about a payment from its creation until it is paid. */
export const intentWords = [
  "description",
  "metadata",
  "payment_details.customer_reference",
  "payment_details.order_reference",
  "receipt_email",
  "setup_future_usage",
  "shipping",
  "statement_descriptor",
  "statement_descriptor_suffix",
] as const;

/** Where a confirmation token says that the order goes. */
export const shippingOfToken = (token: ConfirmationToken | undefined): PaymentIntent["shipping"] =>
  token?.shipping
    ? { carrier: null, tracking_number: null, ...token.shipping, phone: token.shipping.phone ?? null }
    : null;
