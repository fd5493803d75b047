import { invalidRequest, type StripeError } from "../world/stripe-error.js";
import type { Balance, BalanceTransaction } from "../world/wire.js";
import type { World } from "../world/world.js";

const isBank = ({ type }: BalanceTransaction): boolean => String(type).startsWith("payment");

const sumOf = (rows: BalanceTransaction[]): number => rows.reduce((total, { net }) => total + net, 0);

const amounts = (rows: BalanceTransaction[], currencies: string[]): Balance["available"] =>
  currencies.map((currency) => {
    const own = rows.filter((row) => row.currency === currency);
    const bank = sumOf(own.filter(isBank));
    const amount = sumOf(own);
    return {
      amount,
      currency,
      source_types: { ...(bank === 0 ? {} : { bank_account: bank }), card: amount - bank },
    };
  });

/** The account's money in each currency: what can be paid out, and what is on its way. */
export const balanceOf = (world: World): Balance => {
  const rows = Object.values(world.balanceTransactions);
  const currencies = [...new Set(rows.map(({ currency }) => currency))].sort();
  if (currencies.length === 0) currencies.push("usd");
  const [available, pending] = ["available", "pending"].map((status) =>
    amounts(
      rows.filter((row) => row.status === status),
      currencies,
    ),
  );
  return { object: "balance", available: available ?? [], livemode: false, pending: pending ?? [] };
};

/** What can be paid out or sent on in a currency. */
export const availableBalance = (world: World, currency: string): number =>
  sumOf(
    Object.values(world.balanceTransactions).filter(
      (row) => row.currency === currency && row.status === "available",
    ),
  );

export const insufficientBalance = (): StripeError =>
  invalidRequest(
    "You have insufficient available funds in your Stripe account. Try adding funds directly to your available " +
      "balance by creating Charges using the 4000000000000077 test card. See: " +
      "https://stripe.com/docs/testing#available-balance",
    "balance_insufficient",
  );
