import type { Proration } from "../../invoices/lines/invoice-line.js";
import type { Context } from "../../world/context.js";
import { find } from "../../world/find.js";
import type { Billed } from "../../world/hidden.js";
import type { Subscription, SubscriptionItem } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { creditLines, debitLine } from "../lines/proration.js";
import { addDiscounts, billedFor } from "../terms/billed-item.js";
import { cycleOf, periodFrom } from "../terms/subscription-period.js";

const itemized = (line: Proration | undefined): Billed["taken"] =>
  (line?.discount_amounts ?? []).map(({ amount, discount }) => ({ amount, discount: discount as string }));

/** The first line without what the second one is for. */
const without = (line: Proration, beyond: Proration): Proration => {
  const negative = (taken: Billed["taken"]) => taken.map((one) => ({ ...one, amount: -one.amount }));
  const amount = line.amount - beyond.amount;
  const included = beyond.proration?.included ?? [];
  return {
    ...line,
    amount,
    subtotal: amount,
    discount_amounts: addDiscounts(itemized(line), negative(itemized(beyond))),
    proration: {
      credited: null,
      included: addDiscounts(line.proration?.included ?? [], negative(included)),
    },
  };
};

/** What was asked for an item now covers less time: the amounts follow, so that later credits add up. */
const cutBilled = (
  world: World,
  item: SubscriptionItem,
  credits: readonly Proration[],
  end: number,
): void => {
  const charges = find(world.hidden.billed, item.id) ?? [];
  const beyond = charges.filter((charge) => charge.end > end);
  const cut = beyond.map((charge, index): Billed => {
    const credit = credits[index];
    const off = itemized(credit);
    const amount = charge.amount + (credit?.amount ?? 0) - off.reduce((sum, one) => sum + one.amount, 0);
    const taken = addDiscounts(charge.taken, [...off, ...(credit?.proration?.included ?? [])]);
    return { ...charge, amount, taken, end };
  });
  world.hidden.billed[item.id] = [
    ...charges.filter((charge) => charge.end <= end),
    ...cut.filter((charge) => charge.start < end),
  ];
};

/**
 * Ends the running periods with a `cancel_at` that comes before their end, and restores them when it is taken
 * back. Returns what that gives back or costs, as prorations; without them, what was charged stays so.
 */
export const cutPeriods = (
  world: World,
  ctx: Context,
  draft: Subscription,
  { before, prorates }: { /** The earlier end. */ before: number | null; prorates: boolean },
): Proration[] => {
  if (draft.cancel_at === before || draft.status === "trialing") return [];
  return draft.items.data.flatMap((item) => {
    const end = item.current_period_end;
    const natural = periodFrom(
      draft.billing_cycle_anchor,
      cycleOf(item.price, draft),
      item.current_period_start,
    ).whole;
    const wanted = Math.min(natural.end, draft.cancel_at ?? natural.end);
    if (wanted === end) return [];
    if (!prorates) {
      item.current_period_end = wanted;
      return [];
    }
    if (wanted < end) {
      const lines = creditLines(world, ctx, draft, item, wanted);
      item.current_period_end = wanted;
      cutBilled(world, item, lines, wanted);
      return lines;
    }
    item.current_period_end = wanted;
    if (billedFor(world, item).some((charge) => charge.end >= wanted)) return [];
    const whole = { start: natural.start, end: natural.end };
    const from = debitLine(world, ctx, draft, item, end, whole);
    return wanted < natural.end ? [without(from, debitLine(world, ctx, draft, item, wanted, whole))] : [from];
  });
};
