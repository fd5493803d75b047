/**
 * The least that Stripe charges, in its amounts: less than that waits for the next invoice
 * (https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts). Currencies that it converts have none here.
 */
const minima: Readonly<Record<string, number>> = {
  aed: 200,
  aud: 50,
  bgn: 100,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1_500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  inr: 50,
  jpy: 50,
  mxn: 1_000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1_000,
  usd: 50,
};

/** What is charged of an amount: all of it, or nothing where it is too little. */
export function chargeable(amount: number, currency: string): number {
  const minimum = Object.hasOwn(minima, currency) ? (minima[currency] ?? 0) : 0;
  return amount < minimum ? 0 : amount;
}
