import { invalidRequest } from "../world/stripe-error.js";
import { minorDigits } from "./currency.js";
import { minimumCharge } from "./minimum-charge.js";

const symbols: Record<string, string> = { eur: "€", gbp: "£", jpy: "¥", usd: "$" };

/** "$0.50 usd", as Stripe's refusals write an amount. */
export const written = (amount: number, currency: string): string => {
  const digits = minorDigits(currency);
  return `${symbols[currency] ?? ""}${(amount / 10 ** digits).toFixed(digits)} ${currency}`;
};

/**
 * Refuses an amount that no payment intent can have: too little to be worth the fee, or more than eight digits.
 * https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts
 */
export const checkIntentAmount = (amount: number, currency: string): void => {
  if (amount < minimumCharge(currency) || amount < 1)
    throw invalidRequest(
      "The amount must be greater than or equal to the minimum charge amount allowed for your account and the " +
        "currency set (https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts).  If you want to save a " +
        "Payment Method for future use without an immediate payment, use a Setup Intent instead: " +
        "https://docs.stripe.com/payments/setup-intents",
      amount < 1 ? "parameter_invalid_integer" : "amount_too_small",
      "amount",
    );
  checkPayable(amount, currency);
};

/**
 * Refuses an amount that can't be charged: too little to be worth the fee, or more than eight digits.
 * https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts
 */
export const checkPayable = (amount: number, currency?: string): void => {
  if (amount < 1)
    throw invalidRequest(
      "This value must be greater than or equal to 1.",
      "parameter_invalid_integer",
      "amount",
    );
  if (currency !== undefined && amount < minimumCharge(currency))
    throw invalidRequest(
      `Amount must be at least ${written(minimumCharge(currency), currency)}`,
      "amount_too_small",
      "amount",
    );
  if (amount > 99_999_999)
    throw invalidRequest(
      `Amount must be no more than ${written(99_999_999, currency ?? "usd")}`,
      "amount_too_large",
      "amount",
    );
};
