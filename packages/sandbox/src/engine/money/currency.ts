import { invalidRequest } from "../world/stripe-error.js";

/** In the order in which Stripe's refusal lists them. https://docs.stripe.com/currencies */
const supported = (
  "usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd bwp byn bzd cad cdf " +
  "chf clp cny cop crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl hrk htg " +
  "huf idr ils inr isk jmd jod jpy kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt " +
  "mop mro mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf " +
  "sar sbd scr sek sgd shp sll sos srd std szl thb tjs tnd top try ttd twd tzs uah ugx uyu uzs vnd vuv wst xaf " +
  "xcd xof xpf yer zar zmw usdc btn ghs eek lvl svc vef ltl sle mru"
).split(" ");

/** https://docs.stripe.com/currencies#zero-decimal; Stripe still counts isk and ugx in hundredths. */
const withoutDecimals = new Set("bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split(" "));
const withThreeDecimals = new Set("bhd jod kwd omr tnd".split(" "));

/** How many decimals Stripe's minor unit of a currency has. */
export const minorDigits = (currency: string): number => {
  if (withoutDecimals.has(currency)) return 0;
  return withThreeDecimals.has(currency) ? 3 : 2;
};

/**
 * A currency that Stripe knows, in lower case.
 *
 * @throws StripeError that lists the ones it knows.
 */
export const needCurrency = (given: string, param: string): string => {
  const currency = given.toLowerCase();
  if (supported.includes(currency)) return currency;
  throw invalidRequest(
    `Invalid currency: ${currency}. Stripe currently supports these currencies: ${supported.join(", ")}`,
    undefined,
    param,
  );
};

/** The most that one price or charge may come to, in any currency's minor unit. */
const largest = 99_999_999;

/** By currency; made once, because making one costs more than a hundred uses. */
const formats = new Map<string, Intl.NumberFormat>();

const formatFor = (currency: string): Intl.NumberFormat => {
  const known = formats.get(currency);
  if (known) return known;
  const made = new Intl.NumberFormat("en-US", {
    style: "currency",
    currency,
    minimumFractionDigits: minorDigits(currency),
    maximumFractionDigits: 15,
  });
  formats.set(currency, made);
  return made;
};

/** An amount as people write it, with as many decimals as it needs: $0.036. */
export const writeMoney = (minor: string, currency: string): string =>
  formatFor(currency).format(Number((Number(minor) / 10 ** minorDigits(currency)).toPrecision(15)));

/** Refuses an amount that Stripe could never charge. */
export const checkAmount = (amount: number, currency: string, param: string): void => {
  if (amount > largest)
    throw invalidRequest(
      `Amount must be no more than ${writeMoney(String(largest), currency)}`,
      "amount_too_large",
      param,
    );
};
