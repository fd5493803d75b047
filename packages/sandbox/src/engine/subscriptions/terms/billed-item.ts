import type { Proration } from "../../invoices/lines/invoice-line.js";
import { itemIdOf } from "../../invoices/totals/item-id-of.js";
import { find } from "../../world/find.js";
import type { Billed } from "../../world/hidden.js";
import type { InvoiceLine, SubscriptionItem } from "../../world/wire.js";
import type { World } from "../../world/world.js";

const itemOf = (line: InvoiceLine): string | undefined =>
  line.parent?.subscription_item_details?.subscription_item;

const chargeOf = (line: Proration): Billed => {
  const taken = (line.discount_amounts ?? [])
    .filter(({ amount }) => amount > 0)
    .map(({ amount, discount }) => ({ amount, discount: discount as string }));
  const off = taken.reduce((sum, { amount }) => sum + amount, 0);
  return {
    amount: line.amount - off,
    ...line.period,
    price: line.pricing?.price_details?.price ?? null,
    quantity: line.quantity,
    invoice: line.invoice,
    lines: line.invoice === null ? [] : [line.id],
    item: itemIdOf(line) ?? null,
    taken: [...(line.proration?.included ?? []), ...taken],
  };
};

/** Whether the first covers a later time than the second. */
const isLater = (one: Billed, other: Billed): boolean =>
  one.end > other.end || (one.end === other.end && one.start > other.start);

/** What the same discounts took off two amounts. */
export const addDiscounts = (one: Billed["taken"], other: Billed["taken"]): Billed["taken"] => {
  const sums = new Map<string, number>();
  for (const { amount, discount } of [...one, ...other])
    sums.set(discount, (sums.get(discount) ?? 0) + amount);
  return [...sums].map(([discount, amount]) => ({ amount, discount }));
};

const add = (charge: Billed, more: Billed): Billed => ({
  ...charge,
  amount: charge.amount + more.amount,
  lines: [...charge.lines, ...more.lines],
  taken: addDiscounts(charge.taken, more.taken),
});

/**
 * Notes what lines charge for subscription items: in flexible billing mode a credit gives back a part of
 * that, and not of what the item costs now. Of several lines, the latest period counts: usage belongs to one that
 * is over, and the tiers of one are lines of their own.
 * https://docs.stripe.com/billing/subscriptions/prorations#credit-prorations
 */
export const noteBilled = (world: World, lines: readonly Proration[]): void => {
  const noted = new Map<string, Billed>();
  for (const line of lines) {
    const item = itemOf(line);
    if (!item || line.amount < 0) continue;
    const charge = chargeOf(line);
    const known = noted.get(item);
    if (!known || known.amount === 0 || isLater(charge, known)) noted.set(item, charge);
    else if (!isLater(known, charge)) noted.set(item, add(known, charge));
  }
  for (const [item, charge] of noted) world.hidden.billed[item] = [charge];
};

/** Notes what a line charges for a time after the one that was charged before. */
export const noteMoreBilled = (world: World, line: Proration): void => {
  const item = itemOf(line);
  if (item) world.hidden.billed[item] = [...(find(world.hidden.billed, item) ?? []), chargeOf(line)];
};

/** What was charged for an item's running period, oldest first; nothing if that was for another one. */
export const billedFor = (world: World, item: SubscriptionItem): Billed[] =>
  (find(world.hidden.billed, item.id) ?? []).filter(({ end }) => end > item.current_period_start);
