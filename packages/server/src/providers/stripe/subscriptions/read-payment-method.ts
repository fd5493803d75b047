import type { PaymentMethod, ProviderSubscriptions } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { isMissing } from "../client/to-provider-error.js";
import { toIsoTime } from "../language/to-iso-time.js";

const expand = [
  "default_payment_method",
  "default_source",
  "customer.invoice_settings.default_payment_method",
];

/**
 * What Stripe charges for a subscription: its own method comes before its customer's
 * (https://docs.stripe.com/billing/subscriptions/payment-methods-setting#payment-method-priority).
 */
export async function readPaymentMethod(
  call: CallStripe,
  subscriptionId: string,
): ReturnType<NonNullable<ProviderSubscriptions["readPaymentMethod"]>> {
  try {
    const { default_payment_method, default_source, customer } = await call((client) =>
      client.subscriptions.retrieve(subscriptionId, { expand: [...expand, "customer.default_source"] }),
    );
    const payer = typeof customer === "string" || customer.deleted ? null : customer;
    const method = [
      default_payment_method,
      default_source,
      payer?.invoice_settings.default_payment_method,
      payer?.default_source,
    ].find((one) => typeof one === "object" && one !== null);
    return method === undefined || method === null || typeof method === "string"
      ? null
      : toPaymentMethod(method);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** A method, or a card of the kind before payment methods, which says nothing of when it was made. */
export function toPaymentMethod(method: Stripe.PaymentMethod | Stripe.CustomerSource): PaymentMethod {
  const { id } = method;
  if (method.object === "card") {
    const { brand, last4, exp_year, exp_month } = method;
    return { id, brand: brand.toLowerCase(), last4, expiresAt: endOf(exp_year, exp_month), createdAt: null };
  }
  const plain = { id, last4: null, expiresAt: null, createdAt: null };
  if (method.object !== "payment_method") return { ...plain, brand: method.object };
  const createdAt = toIsoTime(method.created);
  if (method.card === undefined) return { ...plain, brand: method.type, createdAt };
  const { brand, last4, exp_year, exp_month } = method.card;
  return { id, brand, last4, expiresAt: endOf(exp_year, exp_month), createdAt };
}

/** A card can be charged up to the last day of its month. */
function endOf(year: number, month: number): string {
  return new Date(Date.UTC(year, month, 1)).toISOString();
}
