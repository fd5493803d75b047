import { invoicesOf } from "../../invoices/making/invoices-of.js";
import { reportedFor } from "../../usage/usage-record.js";
import type { Subscription, SubscriptionItem } from "../../world/wire.js";
import type { World } from "../../world/world.js";

/** What was reported for an item in one of its periods. */
export type UsageSummary = {
  id: string;
  object: "usage_record_summary";
  /** The invoice that bills the period; null as long as it runs. */
  invoice: string | null;
  livemode: false;
  period: { start: number; end: number };
  subscription_item: string;
  total_usage: number;
};

/** An item's usage per period, the running one first. https://docs.stripe.com/api/usage_records/subscription_item_summary_list?api-version=2024-06-20 */
export const usageSummaries = (
  world: World,
  { item, subscription }: { item: SubscriptionItem; subscription: Subscription },
): UsageSummary[] => {
  const summary = (invoice: string | null, start: number, end: number): UsageSummary => ({
    id: `sis_${item.id.replace("si_", "")}${start}`,
    object: "usage_record_summary",
    invoice,
    livemode: false,
    period: { start, end },
    subscription_item: item.id,
    total_usage: reportedFor(world, item, start, end),
  });
  const billed = invoicesOf(world, subscription).flatMap((invoice) =>
    invoice.lines.data
      .filter((line) => line.parent?.subscription_item_details?.subscription_item === item.id)
      .filter(({ period }) => period.end <= item.current_period_start)
      .map(({ period }) => summary(invoice.id, period.start, period.end)),
  );
  // The tiers of a period are lines of their own.
  const periods = new Map(billed.map((one) => [one.id, one]));
  return [
    summary(null, item.current_period_start, item.current_period_end),
    ...[...periods.values()].reverse(),
  ];
};
