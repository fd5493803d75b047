/** An ISO 4217 code in lower case, as providers write it: `usd`, `eur`, `jpy`. */
export type Currency = string;

/** An amount in the minor unit of its currency: cents for `usd`, whole yen for `jpy`, fils for `kwd`. */
export interface Money {
  /** Integer, in minor units. */
  readonly amount: number;
  readonly currency: Currency;
}

/** Amounts in minor units, by currency: `{ usd: 2900, eur: 2700 }`. */
export type Amounts = Readonly<Record<Currency, number>>;

/**
 * How many decimals the currency's minor unit stands for: 2 for most, 0 for `jpy`, 3 for `kwd`
 * (ISO 4217, as the runtime's `Intl` knows it).
 *
 * @throws RangeError when `currency` is not shaped like an ISO 4217 code.
 */
export function minorUnitDigits(currency: Currency): number {
  const { maximumFractionDigits } = new Intl.NumberFormat("en", {
    style: "currency",
    currency,
  }).resolvedOptions();
  return maximumFractionDigits ?? 2;
}

/**
 * Writes an amount as the locale does. Whole amounts lose their needless zeros: `$29`, not `$29.00`.
 *
 * @throws RangeError when the currency is not shaped like an ISO 4217 code.
 * @example
 * formatMoney({ amount: 2900, currency: "usd" }, "en"); // "$29"
 * formatMoney({ amount: 2950, currency: "eur" }, "de"); // "29,50 €"
 * formatMoney({ amount: 2900, currency: "jpy" }, "ja"); // "￥2,900"
 */
export function formatMoney(money: Money, locale?: string): string {
  const digits = minorUnitDigits(money.currency);
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency: money.currency,
    minimumFractionDigits: digits,
    trailingZeroDisplay: "stripIfInteger",
  } as Intl.NumberFormatOptions).format(money.amount / 10 ** digits);
}

/** Whether a value can be an amount: a whole number of minor units that does not lose precision. */
export function isMinorUnits(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
