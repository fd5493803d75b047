import type { Currency } from "./money.js";
import { type PlanLine, planLinesOf } from "./plan-lines.js";
import type { Subscription } from "./subscription.js";
import { isLive, keepsItsGroup } from "./subscription-predicates.js";

/** A subscription that keeps a plan group from being bought, with its line of that group. */
export interface Holder {
  readonly subscription: Subscription;
  readonly line: PlanLine;
}

/** The first of them that holds a plan of the group and keeps it; `null`: the group may be bought. */
export function holderOf(subscriptions: readonly Subscription[], group: string): Holder | null {
  for (const subscription of subscriptions) {
    const line = planLinesOf(subscription).find((one) => one.group === group);
    if (line !== undefined && keepsItsGroup(subscription)) return { subscription, line };
  }
  return null;
}

/**
 * The currency that stands in the way of another one: a provider bills one customer's subscriptions in one currency,
 * paused ones included (https://docs.stripe.com/invoicing/multi-currency-customers). `null`: none does.
 *
 * @param seller What another provider bills is in nobody's way; `null`: there is only one.
 */
export function otherCurrency(
  subscriptions: readonly Subscription[],
  currency: Currency,
  seller: string | null,
): Currency | null {
  const billed = subscriptions.filter((one) => isLive(one) && (seller === null || one.provider === seller));
  return billed.find((one) => one.currency !== currency)?.currency ?? null;
}
