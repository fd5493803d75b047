import { creditBalance } from "../../customers/customer-balance.js";
import { minimumCharge } from "../../money/minimum-charge.js";
import type { Customer, Invoice } from "../../world/wire.js";
import type { World } from "../../world/world.js";

/** What becomes of an invoice's total and its customer's balance; all in the invoice's minor unit. */
export type Settlement = {
  starting: number;
  /** What the balance changes by to pay, or to take up, the total. */
  applied: number;
  /** What is too little to be charged and goes to the balance instead. */
  tooSmall: number;
  ending: number;
  due: number;
};

/**
 * Settles a total against a balance: credit (negative) pays, debt (positive) is asked for too, a negative total
 * becomes credit, and what is too little to be charged waits for the next invoice.
 */
export const settle = (total: number, balance: number, minimum: number): Settlement => {
  const open = total + balance;
  const tooSmall = open > 0 && open < minimum ? open : 0;
  const ending = Math.min(0, open);
  return {
    starting: balance,
    applied: ending - balance,
    tooSmall,
    ending: ending + tooSmall,
    due: tooSmall > 0 ? 0 : Math.max(0, open),
  };
};

/** What would become of an invoice's total if it were finalized now. */
export const settleBalance = (world: World, invoice: Invoice, customer: Customer | undefined): Settlement => {
  const balance = customer ? creditBalance(world, customer, invoice.currency) : 0;
  return settle(invoice.total, balance, minimumCharge(invoice.currency));
};
