import { shareOf, spread } from "../money/share.js";

/** What a discount takes off: a percentage or an amount in minor units, from all products or from some. */
export type DiscountTerms = {
  discount: string;
  percent: number | null;
  amount: number | null;
  products: readonly string[] | null;
};

/** A line on its way through the discounts. */
export type Discounted = {
  /** What is left of the line's amount. */
  left: number;
  product: string | null;
  discountable: boolean;
  /** What each discount took, in order. */
  taken: Array<{ amount: number; discount: string }>;
};

const covers = (terms: DiscountTerms, line: Discounted): boolean =>
  terms.products === null || (line.product !== null && terms.products.includes(line.product));

const weightOf = ({ discountable, left }: Discounted): number => (discountable ? Math.max(0, left) : 0);

const takeParts = (terms: DiscountTerms, covered: readonly Discounted[], parts: readonly number[]): void =>
  covered.forEach((line, index) => {
    const amount = parts[index] ?? 0;
    line.left -= amount;
    line.taken.push({ amount, discount: terms.discount });
  });

/**
 * Takes one discount off the lines that it covers, and notes on each what it took: nothing on a credit, and nothing
 * on a proration, which includes it. A percentage is rounded once, on the sum, so that 50% off an invoice is 50% of
 * its subtotal; an amount stops at zero.
 */
export const takeDiscount = (lines: readonly Discounted[], terms: DiscountTerms): void => {
  const covered = lines.filter((line) => covers(terms, line));
  const weights = covered.map(weightOf);
  const base = weights.reduce((sum, weight) => sum + weight, 0);
  const off = terms.percent === null ? Math.min(terms.amount ?? 0, base) : shareOf(base, terms.percent, 100);
  takeParts(terms, covered, spread(off, weights));
};

/** Takes the same part of an amount off each line, whatever it costs; a percentage is taken as ever. */
export const takeEvenly = (lines: readonly Discounted[], terms: DiscountTerms): void => {
  const { amount } = terms;
  if (amount === null) {
    takeDiscount(lines, terms);
    return;
  }
  const covered = lines.filter((line) => covers(terms, line));
  const parts = spread(
    amount,
    covered.map(() => amount),
  );
  takeParts(
    terms,
    covered,
    covered.map((line, index) => Math.min(parts[index] ?? 0, weightOf(line))),
  );
};
