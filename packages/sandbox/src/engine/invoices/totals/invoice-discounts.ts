import { discountTermsOf, ranAt } from "../../discounts/discount.js";
import { type Discounted, takeDiscount } from "../../discounts/take-discounts.js";
import { find } from "../../world/find.js";
import type { Invoice, InvoiceLine } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { itemIdOf } from "./item-id-of.js";

type DiscountAmount = { amount: number; discount: string };

/** A line's amount on its way: before the invoice's own discounts, and after them and billing credits. */
export type NetLine = { line: InvoiceLine; beforeInvoice: number; net: number };

/** What discounts had taken off a part of a period when it was worked out, where they are itemized. */
const fixedOf = (world: World, line: InvoiceLine): DiscountAmount[] =>
  (find(world.invoiceItems, itemIdOf(line))?.proration_details?.discount_amounts ?? []).map(
    ({ amount, discount }) => ({ amount, discount: discount as string }),
  );

const sum = (taken: readonly DiscountAmount[]): number => taken.reduce((all, { amount }) => all + amount, 0);

const toDiscounted = (world: World, line: InvoiceLine): Discounted => {
  const taken = fixedOf(world, line);
  return {
    left: line.amount - sum(taken),
    product: line.pricing?.price_details?.product ?? null,
    discountable: line.discountable,
    taken,
  };
};

const addUp = (taken: readonly DiscountAmount[]): DiscountAmount[] => {
  const totals = new Map<string, number>();
  for (const { amount, discount } of taken) totals.set(discount, (totals.get(discount) ?? 0) + amount);
  return [...totals].map(([discount, amount]) => ({ amount, discount }));
};

type PretaxCredit = NonNullable<InvoiceLine["pretax_credit_amounts"]>[number];

const asCredits = (taken: readonly DiscountAmount[]): PretaxCredit[] =>
  taken.map(({ amount, discount }) => ({ amount, discount, type: "discount" }));

/** The billing credits that pay for a line: some once its invoice is finalized. */
const creditsOf = (world: World, line: InvoiceLine): PretaxCredit[] =>
  (find(world.hidden.creditsOfLine, line.id) ?? []).map((one) => ({
    ...one,
    type: "credit_balance_transaction",
  }));

/**
 * Takes the discounts off an invoice: first the lines' own, each over all the lines that share it, then the
 * invoice's, in their order. Writes what each took on the lines and on the invoice.
 */
export const discountInvoice = (world: World, invoice: Invoice): NetLine[] => {
  const lines = invoice.lines.data;
  const groups = new Set(invoice.discounts as string[]);
  const work = lines.map((line) => toDiscounted(world, line));
  const withOwn = (id: string): Discounted[] =>
    work.filter((_, index) => lines[index]?.discounts.includes(id));
  for (const id of new Set(lines.flatMap((line) => line.discounts)))
    if (ranAt(world, id, invoice.created))
      takeDiscount(withOwn(id), discountTermsOf(world, id, invoice.currency));
  // The subtotal has the lines' own discounts in it, and the invoice's not yet.
  const before = work.map(({ left, taken }) => left + sum(taken.filter((one) => groups.has(one.discount))));
  for (const id of invoice.discounts) takeDiscount(work, discountTermsOf(world, id, invoice.currency));
  const all = work.flatMap((one) => one.taken);
  invoice.total_discount_amounts = addUp(all);
  invoice.total_pretax_credit_amounts = [
    ...asCredits(invoice.total_discount_amounts as DiscountAmount[]),
    ...lines.flatMap((line) => creditsOf(world, line)),
  ];
  return lines.map((line, index) => {
    const { left = line.amount, taken = [] } = work[index] ?? {};
    line.discount_amounts = addUp(taken);
    const credits = creditsOf(world, line);
    line.pretax_credit_amounts = [...asCredits(line.discount_amounts as DiscountAmount[]), ...credits];
    const paid = credits.reduce((all, { amount }) => all + amount, 0);
    return { line, beforeInvoice: before[index] ?? line.amount, net: left - paid };
  });
};
