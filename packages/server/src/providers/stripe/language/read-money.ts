import { BillingError } from "@tollgate/core";
import { fromStripeAmount } from "./stripe-amount.js";

/**
 * An amount of an event's object, in ISO 4217's minor unit. The SDK's types say what Stripe sends; what arrived is
 * checked.
 *
 * @throws BillingError `invalid_event`
 */
export function readMoney(amount: unknown, currency: unknown): { amount: number; currency: string } {
  const isCurrency = typeof currency === "string" && /^[a-z]{3}$/i.test(currency);
  if (!isCurrency || typeof amount !== "number" || !Number.isSafeInteger(amount)) {
    throw new BillingError("invalid_event", "The event's object has no amount in a currency.");
  }
  return { amount: fromStripeAmount(amount, currency), currency };
}
