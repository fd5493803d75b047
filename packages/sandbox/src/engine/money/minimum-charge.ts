/**
 * The least that can be charged, in minor units; less than that is carried to the next invoice. Currencies that
 * Stripe converts have no minimum of their own here.
 * https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts
 */
const minima: Record<string, number> = {
  aed: 200,
  aud: 50,
  bgn: 100,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  inr: 50,
  jpy: 50,
  mxn: 1000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1000,
  usd: 50,
};

/** The least that can be charged in a currency, in its minor unit. */
export const minimumCharge = (currency: string): number =>
  Object.hasOwn(minima, currency) ? (minima[currency] ?? 0) : 0;
