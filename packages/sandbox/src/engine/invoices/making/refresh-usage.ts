import type { Context } from "../../world/context.js";
import { find } from "../../world/find.js";
import type { Invoice, InvoiceLine, Subscription } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { usageLines } from "../lines/usage-lines.js";
import { recomputeInvoice } from "../totals/recompute-invoice.js";

const itemOf = (line: InvoiceLine): string | undefined =>
  line.parent?.subscription_item_details?.proration === false
    ? line.parent.subscription_item_details.subscription_item
    : undefined;

/** The lines for what was used of an item until the end of a period, as they would be drafted now. */
const linesNow = (world: World, ctx: Context, line: InvoiceLine): InvoiceLine[] => {
  const subscription = find<Subscription>(world.subscriptions, line.subscription as string | null);
  const item = subscription?.items.data.find(({ id }) => id === itemOf(line));
  if (!subscription || !item || item.price.id !== line.pricing?.price_details?.price) return [];
  const { start, end } = line.period;
  return usageLines(world, ctx, subscription, { ...item, current_period_start: start }, end);
};

/**
 * While an invoice is a draft, what was used in its period may still be reported: finalizing it bills the latest
 * quantity (https://docs.stripe.com/billing/subscriptions/usage-based/configure-grace-period).
 */
export const refreshUsage = (world: World, ctx: Context, invoice: Invoice): void => {
  const seen = new Set<string>();
  invoice.lines.data = invoice.lines.data.flatMap((line) => {
    const now = linesNow(world, ctx, line);
    if (now.length === 0) return [line];
    const key = `${itemOf(line)} ${line.period.end}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const before = invoice.lines.data.filter((one) => `${itemOf(one)} ${one.period.end}` === key);
    return now.map((fresh, index) => {
      const { id, metadata } = before[index] ?? fresh;
      return { ...fresh, id, metadata, invoice: invoice.id };
    });
  });
  if (seen.size > 0) recomputeInvoice(world, invoice);
};
