import type { Subscription, SubscriptionItem } from "./subscription.js";

/** A plan that a subscription bills, with the terms of its line. */
export interface PlanLine
  extends Pick<Subscription, "planId" | "group" | "interval" | "quantity" | "currentPeriod">,
    Pick<SubscriptionItem, "unitAmount" | "rate"> {}

type Billed = Pick<Subscription, "planId" | "group" | "interval" | "quantity" | "currentPeriod" | "items">;

/**
 * Every plan that a subscription bills, in the provider's order. There is nearly always one; a second one comes with a
 * price that was added at the provider. A subscription whose lines have all left the catalog has no line of a plan.
 *
 * @example
 * function plansOf(subscription: Subscription): readonly string[] {
 *   return planLinesOf(subscription).map(({ planId }) => planId);
 * }
 */
export function planLinesOf(subscription: Billed): readonly PlanLine[] {
  const lines = subscription.items.filter(isPlanLine);
  return lines.length > 0 ? lines : [{ ...subscription, unitAmount: null }];
}

/**
 * Whether one of its lines is for a plan of this group.
 *
 * @example
 * function isTaken(subscription: Subscription): boolean {
 *   return holdsGroup(subscription, "main");
 * }
 */
export function holdsGroup(subscription: Billed, group: string): boolean {
  return planLinesOf(subscription).some((line) => line.group === group);
}

function isPlanLine(item: SubscriptionItem): item is SubscriptionItem & PlanLine {
  return item.planId !== null && item.group !== null && item.interval !== null;
}
