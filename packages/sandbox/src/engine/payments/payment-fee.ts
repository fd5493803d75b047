import type { Charge } from "../world/wire.js";

/** What is taken of each payment: a share in thousandths, and a fixed and a highest amount in minor units. */
type Rate = { perMille: number; fixed: number; most: number };

/** Stripe's standard prices in the United States, which here hold in every currency. https://stripe.com/pricing */
const rates = {
  card: { perMille: 29, fixed: 30, most: Number.POSITIVE_INFINITY },
  bank: { perMille: 8, fixed: 0, most: 500 },
} satisfies Record<string, Rate>;

/** What a dispute costs, in minor units; it is not given back when the dispute is won. */
export const disputeFee = 1500;

/** Whether a charge was made with a bank account, whose money Stripe counts apart from that of cards. */
export const isBankDebit = (charge: Charge): boolean =>
  charge.payment_method_details?.type === "sepa_debit" ||
  charge.payment_method_details?.type === "us_bank_account";

/** Stripe's fee for an amount that was taken, in minor units, rounded half up. */
export const paymentFee = (amount: number, kind: keyof typeof rates): number => {
  const { perMille, fixed, most } = rates[kind];
  return Math.min(Math.floor((amount * perMille + 500) / 1000) + fixed, most);
};
