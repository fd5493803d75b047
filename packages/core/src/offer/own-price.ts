import { choosePrice, type PlanDescription, type PriceDescription } from "../catalog/describe-plans.js";
import type { Interval } from "../language/interval.js";
import type { Currency } from "../language/money.js";
import { costOf, type PriceRate } from "../language/price-rate.js";
import type { Subscription } from "../language/subscription.js";
import { keepsItsGroup } from "../language/subscription-predicates.js";

/** The part of a subscription that says what its customer pays for a plan. */
export interface HeldPlan {
  readonly planId: string;
  readonly interval: Interval;
  readonly currency: Currency;
  readonly quantity: number;
  /** Per unit and interval, in minor units; `null` where the provider has no single amount. */
  readonly unitAmount: number | null;
  /** What several cost where that is not `unitAmount` for each. */
  readonly rate?: PriceRate;
}

/**
 * What holds a plan group and keeps it, among what counts now; retired plans included.
 *
 * @example
 * function planOf(state: AccessState): string | undefined {
 *   return heldIn(state.subscriptions, "main")?.planId;
 * }
 */
export function heldIn<T extends Pick<Subscription, "group" | "status" | "pause">>(
  subscriptions: readonly T[],
  group: string,
): T | null {
  const held = subscriptions.find((one) => one.group === group);
  return held && keepsItsGroup(held) ? held : null;
}

/**
 * The plan as a subscriber has it: what they pay replaces today's price, which may have changed since, or be in a
 * currency other than the one that is shown. It stands first, so that it is chosen where an interval is not sold.
 *
 * @example
 * const held = { planId: "pro", interval: "month", currency: "usd", quantity: 1, unitAmount: 1900 } as const;
 * describePlans(plans).plans.map((plan) => withOwnPrice(plan, held, "usd"));
 */
export function withOwnPrice(
  plan: PlanDescription,
  held: HeldPlan | null,
  shown: Currency | null,
): PlanDescription {
  if (held?.planId !== plan.id) return plan;
  const own = ownPriceOf(plan, held);
  const others = plan.prices.filter(({ interval }) => interval !== held.interval && held.currency === shown);
  return { ...plan, prices: own === null ? others : [own, ...others] };
}

/**
 * What a subscriber pays for a plan; `null` where the provider has no single amount for it.
 *
 * @example
 * const held = { planId: "pro", interval: "month", currency: "usd", quantity: 1, unitAmount: 1900 } as const;
 * describePlans(plans).plans.map((plan) => ownPriceOf(plan, held)?.amount);
 */
export function ownPriceOf(plan: PlanDescription, held: HeldPlan): PriceDescription | null {
  const { interval, unitAmount, rate, quantity } = held;
  const today = choosePrice(plan, interval);
  const total = costOf({ amount: unitAmount, rate }, quantity);
  if (total === null) return null;
  if (today === null || today.model === "flat")
    return { interval, amount: total, model: "flat", minimumQuantity: 1, maximumQuantity: 1 };
  const { rate: _, ...sold } = today;
  if (rate === undefined) return { ...sold, interval, amount: unitAmount ?? total, model: "per_seat" };
  return rate.kind === "package"
    ? { ...sold, interval, amount: rate.amount, model: "package", rate }
    : { ...sold, interval, amount: costOf({ amount: 0, rate }, sold.minimumQuantity), model: "tiered", rate };
}
