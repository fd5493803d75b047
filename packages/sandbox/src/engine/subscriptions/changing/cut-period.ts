import type { Proration } from "../../invoices/lines/invoice-line.js";
import type { Context } from "../../world/context.js";
import { find } from "../../world/find.js";
import type { Billed } from "../../world/hidden.js";
import type { Subscription, SubscriptionItem } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { creditLines, debitLine } from "../lines/proration.js";
import { billedFor } from "../terms/billed-item.js";
import { cycleOf, periodFrom } from "../terms/subscription-period.js";

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
    const amount = charge.amount + (credits[index]?.amount ?? 0);
    return { ...charge, amount, end };
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
    const beyond = wanted < natural.end ? debitLine(world, ctx, draft, item, wanted, whole).amount : 0;
    const amount = from.amount - beyond;
    return [{ ...from, amount, subtotal: amount }];
  });
};
