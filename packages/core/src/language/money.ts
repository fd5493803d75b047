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

// ISO 4217's own exponents, where they are not 2. `Intl` can't be asked: what it calls a currency's digits is what
// people write (0 for `huf` and `idr` in V8), it differs between runtimes, and amounts would be off by a factor of 100.
const otherDigits: Readonly<Record<number, string>> = {
  0: "bif clp djf gnf isk jpy kmf krw pyg rwf ugx uyi vnd vuv xaf xof xpf",
  3: "bhd iqd jod kwd lyd omr tnd",
  4: "clf uyw",
};

/**
 * How many decimals the currency's minor unit stands for, by ISO 4217: 2 for most, 0 for `jpy`, 3 for
 * `kwd`. The same in every runtime.
 *
 * @example
 * minorUnitDigits("usd"); // 2
 * minorUnitDigits("jpy"); // 0
 */
export function minorUnitDigits(currency: Currency): number {
  const code = currency.toLowerCase();
  const found = Object.entries(otherDigits).find(([, codes]) => codes.includes(code));
  return found === undefined ? 2 : Number(found[0]);
}

/**
 * Writes an amount as the locale does. Whole amounts lose their trailing zeros: `$29`, not `$29.00`.
 *
 * @throws RangeError when the currency is not shaped like an ISO 4217 code, or the locale not like a BCP 47
 * tag.
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
    maximumFractionDigits: digits,
    trailingZeroDisplay: "stripIfInteger",
  }).format(money.amount / 10 ** digits);
}

/**
 * Whether a value can be a price: a whole number of minor units, not negative, that does not lose precision.
 *
 * @example
 * isMinorUnits(2900); // true
 * isMinorUnits(29.5); // false
 */
export function isMinorUnits(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

/** So many percent of an amount. Halves away from zero, in integers: 8.2 % of 250 is 20.5, which floating point makes a little less of. */
export function shareOf(amount: number, percent: number): number {
  const parts = BigInt(amount) * BigInt(Math.round(percent * 10_000));
  return Number((parts + 500_000n) / 1_000_000n);
}
