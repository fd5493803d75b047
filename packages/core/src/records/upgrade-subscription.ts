import type { Subscription, SubscriptionItem } from "../language/subscription.js";

/** A line as it was stored before it had its plan's group and interval. */
type EarlierItem = Omit<SubscriptionItem, "group" | "interval"> &
  Partial<Pick<SubscriptionItem, "group" | "interval">>;

/** A subscription as this release or an earlier one stored it. */
export type SubscriptionRecord =
  | Subscription
  | (Omit<Subscription, "items" | "arrears"> & {
      readonly items: readonly EarlierItem[];
      readonly arrears?: Subscription["arrears"];
    });

/**
 * Adds the plan of each line: version 3 of the record. An earlier record knew one plan: of a second one it has only the
 * id, so that line counts as no plan until the provider reports it again.
 *
 * @example
 * function toToday(record: SubscriptionRecord): Subscription {
 *   return upgradeSubscription(record);
 * }
 */
export function upgradeSubscription(record: SubscriptionRecord): Subscription {
  const { planId, group, interval, arrears = null } = record;
  const items = record.items.map((item): SubscriptionItem => {
    const isPlan = item.planId === planId;
    return { group: isPlan ? group : null, interval: isPlan ? interval : null, ...item };
  });
  return { ...record, items, arrears };
}
