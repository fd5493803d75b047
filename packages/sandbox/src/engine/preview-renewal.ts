import type { Context } from "./context.js";
import { find } from "./find.js";
import { scratchOf } from "./scratch-world.js";
import type { Invoice, Subscription } from "./wire.js";
import type { World } from "./world.js";

/** An invoice that was not made: it has no id. */
export type UpcomingInvoice = Omit<Invoice, "id">;

const withoutId = ({ id: _id, ...invoice }: Invoice, subscription: string): UpcomingInvoice => ({
  ...invoice,
  amount_due: Math.max(0, invoice.total + invoice.starting_balance),
  amount_remaining: Math.max(0, invoice.total + invoice.starting_balance),
  billing_reason: "upcoming",
  lines: {
    ...invoice.lines,
    data: invoice.lines.data.map((line) => ({ ...line, invoice: null })),
    url: `/v1/invoices/upcoming/lines?subscription=${subscription}`,
  },
});

/**
 * The invoice that a subscription's next renewal would make, if nothing changes until then; undefined if it would
 * make none. `renew` is what happens at the time (in seconds); it is tried out on a copy.
 */
export const previewRenewal = (
  world: World,
  ctx: Context,
  { id, latest_invoice, test_clock }: Subscription,
  renewal: { at: number; renew: (world: World, ctx: Context, subscription: Subscription) => void },
): UpcomingInvoice | undefined => {
  const scratch = scratchOf(world);
  const subscription = find(scratch.subscriptions, id);
  const clock = find(scratch.testClocks, test_clock as string | null);
  if (clock) clock.frozen_time = renewal.at;
  if (!subscription) return undefined;
  renewal.renew(scratch, { ...ctx, now: new Date(renewal.at * 1000) }, subscription);
  const made = find(scratch.invoices, subscription.latest_invoice as string | null);
  return made && made.id !== latest_invoice ? withoutId(made, id) : undefined;
};
