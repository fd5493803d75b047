import type { Catalog, PlanDefinition } from "../catalog/catalog.js";
import { isHidden } from "../catalog/catalog-for.js";
import { checkQuantity } from "../catalog/check-quantity.js";
import { nearestQuantity } from "../catalog/nearest-quantity.js";
import { findPlan, groupOf, maximumQuantity, type PlanPrice, pricesOf } from "../catalog/prices.js";
import { BillingError } from "../language/errors.js";
import type { Currency } from "../language/money.js";
import { costOf } from "../language/price-rate.js";
import type { SeatsInUse } from "../language/seats.js";
import type { Subscription, SubscriptionItem } from "../language/subscription.js";
import { checkInUse } from "../seats/check-in-use.js";
import type { ChangeChoice, ChangeTarget } from "./change.js";

/** A target with what it costs. */
export interface PricedTarget extends ChangeTarget {
  /** For all seats together and one interval, in minor units; `null` where nobody knows. */
  readonly total: number | null;
}

/**
 * The plan that a change is to.
 *
 * @param subscriptions All of the customer's: whoever had a plan knows of it.
 * @throws BillingError `unknown_plan`, `plan_not_for_sale` (free, or by hand)
 */
export function findTargetPlan(
  catalog: Catalog,
  planId: string,
  subscriptions: readonly Subscription[],
): PlanDefinition {
  const plan = findPlan(catalog, planId);
  const details = { planId };
  const isKnown = subscriptions.some(({ items }) => items.some((one) => one.planId === planId));
  if (plan === undefined || (isHidden(plan) && !isKnown))
    throw new BillingError("unknown_plan", "There is no such plan.", { details });
  if (plan.prices === undefined) throw notForSale(plan, planId);
  return plan;
}

/**
 * What a line becomes by a choice, with what is left out filled in. Whoever stays on a plan and interval keeps the price
 * that they have, whatever the catalog says today.
 *
 * @throws BillingError `plan_not_for_sale` (retired), `currency_conflict` (its details name the `required` currency),
 * `unknown_price` (no such interval), `invalid_quantity` (not sold, or fewer than are in use)
 */
export function chooseTarget(
  plan: PlanDefinition,
  held: SubscriptionItem,
  currency: Currency,
  { planId, interval, quantity }: ChangeChoice,
  seatsInUse: SeatsInUse = {},
): PricedTarget {
  const stays = held.planId === planId && (interval ?? held.interval) === held.interval;
  if (plan.retired && !stays) throw notForSale(plan, planId);
  const price = choosePrice(plan, { planId, interval }, held, currency, stays);
  const target = { planId, group: groupOf(plan), currency, interval: price.interval };
  const inUse = seatsInUse[target.group];
  const seats = quantity ?? defaultQuantity(price, held, inUse);
  const { minimumQuantity: minimum, maximumQuantity: maximum, quantityStep } = price;
  // Who has a number that is no longer sold may keep it.
  if (!stays || seats !== held.quantity) {
    checkQuantity(seats, minimum, maximum ?? maximumQuantity, quantityStep);
  }
  if (!stays || seats < held.quantity) checkInUse(price, seats, inUse);
  const total = costOf(stays ? { amount: held.unitAmount, rate: held.rate } : price, seats);
  return { ...target, quantity: seats, priceId: stays ? held.priceId : null, total };
}

function choosePrice(
  plan: PlanDefinition,
  { planId, interval }: Pick<ChangeChoice, "planId" | "interval">,
  held: SubscriptionItem,
  currency: Currency,
  stays: boolean,
): PlanPrice {
  const all = pricesOf(planId, plan);
  const sold = all.filter((one) => one.currency === currency);
  const wanted = interval ?? held.interval;
  // Whoever stays where they are keeps their interval, too, also one that is no longer sold.
  const other = interval === undefined && !stays ? sold[0] : undefined;
  const found = sold.find((one) => one.interval === wanted) ?? other;
  if (found !== undefined) return found;
  if (stays && held.interval !== null) {
    // It is no longer sold this way; the seats are whatever its other prices allow.
    const [any] = sold.length > 0 ? sold : all;
    if (any !== undefined) return { ...any, interval: held.interval, currency };
  }
  if (all.some((one) => interval === undefined || one.interval === interval)) {
    const message = `Your subscription is billed in ${currency.toUpperCase()}, and the plan ${plan.name} is not sold in it.`;
    throw new BillingError("currency_conflict", message, { details: { planId, required: currency } });
  }
  throw new BillingError("unknown_price", `The plan ${plan.name} has no price per ${wanted}.`, {
    details: { planId, interval: wanted },
  });
}

/** As many seats as they have or use, as far as they are sold. */
function defaultQuantity(
  price: PlanPrice,
  { planId, quantity }: SubscriptionItem,
  inUse: number | undefined,
): number {
  if (planId === price.planId) return quantity;
  if (price.model === "flat") return 1;
  return nearestQuantity(price, inUse ?? quantity);
}

function notForSale({ name }: PlanDefinition, planId: string): BillingError {
  return new BillingError("plan_not_for_sale", `The plan ${name} can't be chosen here.`, {
    details: { planId },
  });
}
