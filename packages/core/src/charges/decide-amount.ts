import { BillingError } from "../language/errors.js";
import { type Currency, isMinorUnits, type Money } from "../language/money.js";

/**
 * An amount that somebody is to be charged or given, in their currency.
 *
 * @param input.required the currency that the customer is bound to; `null`: none yet
 * @throws BillingError `invalid_options` for what is no amount above 0 or no currency; `currency_conflict`, whose details
 * name the `required` currency
 * @example
 * decideAmount({ amount: 500, currency: "usd", required: null }); // { amount: 500, currency: "usd" }
 */
export function decideAmount(input: {
  readonly amount: number;
  readonly currency: Currency;
  readonly required: Currency | null;
}): Money {
  const { amount, currency, required } = input;
  if (!isMinorUnits(amount) || amount === 0) {
    throw new BillingError("invalid_options", "`amount` must be a whole number of minor units above 0.");
  }
  if (typeof currency !== "string" || !/^[a-z]{3}$/.test(currency)) {
    throw new BillingError("invalid_options", "`currency` must be an ISO 4217 code in lower case.");
  }
  if (required === null || required === currency) return { amount, currency };
  throw new BillingError("currency_conflict", `This customer is billed in ${required}.`, {
    details: { required },
  });
}
