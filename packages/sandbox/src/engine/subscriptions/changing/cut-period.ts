import type { Context } from "../../world/context.js";
import { find } from "../../world/find.js";
import type { InvoiceLine, Subscription, SubscriptionItem } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { creditLine, debitLine } from "../lines/proration.js";
import { cycleOf, periodFrom } from "../terms/subscription-period.js";

/** What was asked for an item now covers another time: the amount follows, so that later credits add up. */
const adjustBilled = (world: World, item: SubscriptionItem, amount: number, end: number): void => {
  const billed = find(world.hidden.billed, item.id);
  if (billed) world.hidden.billed[item.id] = { amount: billed.amount + amount, start: billed.start, end };
};

/**
 * Ends the running periods with a `cancel_at` that comes before their end, and restores them when it is taken
 * back. Returns what that gives back or costs, as prorations.
 */
export const cutPeriods = (
  world: World,
  ctx: Context,
  draft: Subscription,
  before: number | null,
): InvoiceLine[] => {
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
    if (wanted < end) {
      const line = creditLine(world, ctx, draft, item, wanted);
      item.current_period_end = wanted;
      adjustBilled(world, item, line.amount, wanted);
      return [line];
    }
    item.current_period_end = wanted;
    const whole = { start: natural.start, end: natural.end };
    const from = debitLine(world, ctx, draft, item, end, whole);
    const beyond = wanted < natural.end ? debitLine(world, ctx, draft, item, wanted, whole).amount : 0;
    const amount = from.amount - beyond;
    adjustBilled(world, item, amount, wanted);
    return [{ ...from, amount, subtotal: amount }];
  });
};
