import { BillingError, type Currency, type Money, minorUnitDigits } from "@tollgate/core";

// Where Stripe's decimals differ from ISO 4217: https://docs.stripe.com/currencies#special-cases (5 isk are sent as
// 500) and https://docs.stripe.com/currencies#zero-decimal (mga).
const stripeDigits: ReadonlyMap<Currency, number> = new Map([
  ["isk", 2],
  ["ugx", 2],
  ["mga", 0],
]);

/**
 * Our amount, in ISO 4217's minor unit, as Stripe takes it.
 *
 * @param name of the price, for the error
 * @throws BillingError `invalid_catalog` for an amount that Stripe can't charge.
 */
export function toStripeAmount({ amount, currency }: Money, name: string): number {
  const step = stepOf(currency);
  if (amount % step !== 0) {
    throw new BillingError(
      "invalid_catalog",
      `The price ${name} is ${amount}, and Stripe takes amounts in ${currency} that are multiples of ${step} only.`,
      { details: { price: name, amount, currency, step } },
    );
  }
  // Dividing keeps whole numbers exact where a negative power of ten would not.
  const shift = shiftOf(currency);
  return shift < 0 ? amount / 10 ** -shift : amount * 10 ** shift;
}

/** Stripe's amount in ISO 4217's minor unit. */
export function fromStripeAmount(amount: number, currency: Currency): number {
  const shift = shiftOf(currency);
  // Only what was made at Stripe by hand can have a fraction of a króna.
  return shift < 0 ? amount * 10 ** -shift : Math.round(amount / 10 ** shift);
}

/** How many zeros Stripe's amount has more than ours. */
function shiftOf(currency: Currency): number {
  const digits = minorUnitDigits(currency);
  return (stripeDigits.get(currency) ?? digits) - digits;
}

/** The steps of our minor unit in which Stripe can charge: of three decimals, the last must be 0 (#three-decimal). */
function stepOf(currency: Currency): number {
  const shift = shiftOf(currency);
  if (shift < 0) return 10 ** -shift;
  return minorUnitDigits(currency) === 3 ? 10 : 1;
}
