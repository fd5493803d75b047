import type { Catalog } from "../catalog/catalog.js";
import { addOnLinesOf, countAddOns, isSameCount } from "../language/add-on-lines.js";
import { BillingError } from "../language/errors.js";
import { costOf } from "../language/price-rate.js";
import type { SeatsInUse } from "../language/seats.js";
import type {
  AddOnQuantities,
  PendingChange,
  Subscription,
  SubscriptionItem,
} from "../language/subscription.js";
import type { Change, ChangeChoice, ChangeKind } from "./change.js";
import type { ChangeDirection, ChangePolicies, ChangePolicy } from "./change-policy.js";
import { chooseAddOns, costOfAddOns } from "./choose-add-ons.js";
import { chooseTarget, findTargetPlan, type PricedTarget } from "./choose-target.js";
import { type ChangeSide, directionOf } from "./direction-of.js";
import { findChangeable } from "./find-changeable.js";

/**
 * Whether a customer's subscription may become what was chosen, which way that goes, and when it happens. In a trial
 * everything happens at once, and nothing is charged: the trial goes on. A change that waits is replaced by the next one,
 * and withdrawn where what they have is chosen again. Plan, interval, number and add-ons are one wish: what all of them cost
 * decides which way it goes, and when it happens.
 *
 * @throws BillingError `unknown_plan`, `plan_not_for_sale` (free, by hand, or retired), `unknown_price`,
 * `invalid_quantity`, `currency_conflict`; `nothing_to_manage`, `subscription_ended`, `subscription_incomplete`,
 * `subscription_paused`, `cancel_scheduled`; `payment_overdue`: what is due has to be paid before more is bought;
 * `unknown_add_on`: one is not sold with what it would be, or one that is held does not go along
 * (its details name the `reason`); `nothing_to_change`: it is what they have, or what is agreed already
 * @example
 * function isNow(subscriptions: readonly Subscription[]): boolean {
 *   const choice = { planId: "pro" };
 *   const now = new Date();
 *   return decideChange({ catalog: plans, subscriptions, choice, policies: defaultChangePolicies, now }).at === "now";
 * }
 */
export function decideChange(input: {
  readonly catalog: Catalog;
  /** All of the customer's. */
  readonly subscriptions: readonly Subscription[];
  readonly choice: ChangeChoice;
  readonly policies: ChangePolicies;
  /** How many members take seats, by plan group. @default nobody said */
  readonly seatsInUse?: SeatsInUse;
  readonly now: Date;
}): Change {
  const { catalog, choice, policies, now } = input;
  const plan = findTargetPlan(catalog, choice.planId, input.subscriptions);
  const { subscription, item } = findChangeable(catalog, input.subscriptions, choice.planId);
  const { total, ...target } = chooseTarget(plan, item, subscription.currency, choice, input.seatsInUse);
  const addOns = chooseAddOns({ catalog, subscription, item, to: target }, choice.addOns);
  const to = { ...target, ...(addOns.targets.length > 0 && { addOns: addOns.targets }) };
  const after = { ...target, total: plus(total, addOns.total), addOns: addOns.counts };
  const direction = directionOf(sideOf(catalog, subscription, item), toSide(catalog, after));
  const pending = pendingOf(subscription, item);
  if (direction === null ? pending === null : isAgreed(pending, after)) throw nothingToChange(pending);
  const { at, prorate } = policyOf(direction, policies, subscription);
  if (direction !== null && at !== "period_end") checkPaid(subscription);
  if (subscription.status === "unpaid") throw overdue(subscription);
  const kind: ChangeKind = direction ?? "undo";
  const effectiveAt = at === "period_end" ? (item.currentPeriod?.end ?? null) : now.toISOString();
  // Without a period nobody can say when it would end.
  if (effectiveAt === null) throw new BillingError("nothing_to_manage", "The subscription has no period.");
  return { kind, at, prorate, effectiveAt, subscription, itemId: item.id, to, addOns: addOns.changes };
}

const withdrawn: ChangePolicy = { at: "now", prorate: false };

function policyOf(
  direction: ChangeDirection | null,
  policies: ChangePolicies,
  { status }: Subscription,
): ChangePolicy {
  // A trial is not paid for, so that nothing of it is used up or given back.
  return direction === null || status === "trialing" ? withdrawn : policies[direction];
}

/** It is agreed for the subscription's own plan, not for one that was added to it. */
function pendingOf({ group, pendingChange }: Subscription, item: SubscriptionItem): PendingChange | null {
  return group === item.group ? pendingChange : null;
}

function isAgreed(
  pending: PendingChange | null,
  to: Pick<PricedTarget, "planId" | "interval" | "quantity"> & { readonly addOns: AddOnQuantities },
): boolean {
  return (
    pending !== null &&
    isSameCount(pending.addOns ?? {}, to.addOns) &&
    pending.planId === to.planId &&
    pending.interval === to.interval &&
    pending.quantity === to.quantity
  );
}

function nothingToChange(pending: PendingChange | null): BillingError {
  const message = pending === null ? "This is what you have already." : "This is agreed already.";
  return new BillingError("nothing_to_change", message, { ...(pending && { details: { at: pending.at } }) });
}

function checkPaid(subscription: Subscription): void {
  if (subscription.status === "past_due") throw overdue(subscription);
}

function overdue({ id: subscriptionId }: Subscription): BillingError {
  return new BillingError("payment_overdue", "A payment is overdue. Settle it first, then change the plan.", {
    details: { subscriptionId },
  });
}

function sideOf(catalog: Catalog, subscription: Subscription, item: SubscriptionItem): ChangeSide {
  const { planId, interval, quantity, unitAmount: amount, rate } = item;
  const addOns = addOnLinesOf(subscription);
  const isOwn = item.group === subscription.group;
  return toSide(catalog, {
    planId: planId ?? "",
    interval: interval ?? "month",
    quantity,
    addOns: countAddOns(addOns),
    total: plus(costOf({ amount, rate }, quantity), isOwn ? costOfAddOns(addOns) : 0),
  });
}

function toSide(catalog: Catalog, side: Omit<ChangeSide, "place">): ChangeSide {
  const { planId, interval, quantity, total, addOns = {} } = side;
  return { planId, interval, quantity, total, addOns, place: Object.keys(catalog.plans).indexOf(planId) };
}

function plus(amount: number | null, more: number | null): number | null {
  return amount === null || more === null ? null : amount + more;
}
