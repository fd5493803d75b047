import { decideAccess } from "../access/decide-access.js";
import { currentUsage } from "../access/decide-usage.js";
import { findAddOn, fitsPlan } from "../catalog/add-ons.js";
import type { Catalog } from "../catalog/catalog.js";
import { findPlan, groupOf, pricesOf } from "../catalog/prices.js";
import { compareFeatures } from "../impact/compare-features.js";
import type { ImpactedCustomer } from "../impact/tally-impact.js";
import { addOnLinesOf } from "../language/add-on-lines.js";
import type { Interval } from "../language/interval.js";
import type { Currency } from "../language/money.js";
import type { PricePromise } from "../language/price-migration.js";
import { costOf, type Priced } from "../language/price-rate.js";
import type { Subscription, SubscriptionItem } from "../language/subscription.js";
import { isLive } from "../language/subscription-predicates.js";
import type { IsoTime } from "../language/time.js";
import { firstRenewal } from "./first-renewal.js";
import { obstacleOf } from "./obstacle-of.js";
import type { MigratedCustomer, MigrationBlock, SkippedCustomer } from "./price-migration-preview.js";
import { promiseHolds } from "./promise-holds.js";

/** Who moves from what to what. */
export interface MigrationScope {
  readonly planId: string;
  readonly toPlanId: string;
  /** `null`: all of them. */
  readonly interval: Interval | null;
  readonly currency: Currency | null;
  readonly at: IsoTime;
  readonly force: boolean;
}

/** What is known of a customer who may move. */
export interface MigratingCustomer extends ImpactedCustomer {
  readonly promise: PricePromise | null;
  /** Their subscriptions that another migration is going to move, as `provider id`. */
  readonly migrating: ReadonlySet<string>;
}

/** Whom a migration would move, before anybody asked for the provider's id of the new price. */
export type FoundCustomer = Omit<MigratedCustomer, "to"> & {
  readonly to: Omit<MigratedCustomer["to"], "priceId">;
};

/** What a migration means for one subscription. */
export type MigrationFinding =
  | { readonly kind: "moved"; readonly customer: FoundCustomer }
  | { readonly kind: "unchanged" }
  | { readonly kind: "skipped"; readonly customer: SkippedCustomer }
  | { readonly kind: "blocked"; readonly block: Omit<MigrationBlock, "customers"> };

interface Rules {
  readonly catalog: Catalog;
  readonly scope: MigrationScope;
  readonly graceDays: number;
  readonly now: Date;
}

/**
 * What a migration would do about each of a customer's subscriptions that it is about. Access is decided twice, by the
 * rules that every check follows, and compared; sums are of what the provider bills now, never of the catalog, which may
 * have been changed already.
 *
 * @example
 * function movesAnybody(...known: Parameters<typeof findMigrating>): boolean {
 *   return findMigrating(...known).some(({ kind }) => kind === "moved");
 * }
 */
export function findMigrating(rules: Rules, customer: MigratingCustomer): readonly MigrationFinding[] {
  const { planId, interval, currency } = rules.scope;
  return customer.subscriptions.filter(isLive).flatMap((subscription) => {
    if (currency !== null && subscription.currency !== currency) return [];
    const item = subscription.items.find((one) => {
      return one.planId === planId && (interval === null || one.interval === interval);
    });
    return item === undefined ? [] : [findOne(rules, customer, subscription, item)];
  });
}

function findOne(
  rules: Rules,
  customer: MigratingCustomer,
  subscription: Subscription,
  item: SubscriptionItem,
): MigrationFinding {
  const { catalog, scope } = rules;
  const { currency, provider, id: subscriptionId } = subscription;
  const { quantity, priceId } = item;
  const interval = item.interval ?? subscription.interval;
  const block = { interval, currency, priceId, provider };
  const target = priceIn(catalog, scope.toPlanId, interval, currency);
  if (target === undefined) return { kind: "blocked", block: { ...block, reason: "unknown_price" } };
  const held: Priced = { amount: item.unitAmount, ...(item.rate && { rate: item.rate }) };
  if (scope.planId === scope.toPlanId && isSamePrice(held, target)) return { kind: "unchanged" };
  const reason = skipOf(rules, customer, subscription, item);
  if (reason !== null) {
    const { customerId } = customer;
    return { kind: "skipped", customer: { customerId, subscriptionId, reason } };
  }
  const old = costOf(held, quantity);
  if (old === null || item.currentPeriod === null)
    return { kind: "blocked", block: { ...block, reason: "unknown_amount" } };
  const found: FoundCustomer = {
    ...{ customerId: customer.customerId, provider, subscriptionId, interval, currency, quantity },
    group: item.group ?? subscription.group,
    from: { planId: scope.planId, priceId, ...held, total: old },
    to: { planId: scope.toPlanId, ...target, total: costOf(target, quantity) },
    effectiveAt: firstRenewal(item.currentPeriod, interval, scope.at),
    ...compareUse(rules, customer, subscription, item),
  };
  return { kind: "moved", customer: found };
}

function priceIn(catalog: Catalog, planId: string, interval: Interval, currency: Currency) {
  const plan = findPlan(catalog, planId);
  const prices = plan === undefined ? [] : pricesOf(planId, plan);
  const found = prices.find((one) => one.interval === interval && one.currency === currency);
  return found && { amount: found.amount, ...(found.rate && { rate: found.rate }) };
}

/** Where there is a rate, the amount says nothing. */
function isSamePrice(held: Priced, target: Priced): boolean {
  const [one, other] = [held.rate ?? held.amount, target.rate ?? target.amount];
  return JSON.stringify(one) === JSON.stringify(other);
}

function skipOf(
  { catalog, scope }: Rules,
  { promise, migrating }: MigratingCustomer,
  subscription: Subscription,
  item: SubscriptionItem,
): SkippedCustomer["reason"] | null {
  const { at, force, planId, toPlanId } = scope;
  if (migrating.has(`${subscription.provider} ${subscription.id}`)) return "in_migration";
  const obstacle = obstacleOf(subscription, item);
  if (obstacle !== null) return obstacle === "price_replaced" ? null : obstacle;
  const renewsAt = item.currentPeriod && firstRenewal(item.currentPeriod, item.interval ?? "month", at);
  if (!force && renewsAt !== null && promiseHolds(promise, renewsAt)) return "promised";
  const leaves = addOnLinesOf(subscription).some(({ addOnId }) => {
    const addOn = findAddOn(catalog, addOnId);
    return addOn === undefined || !fitsPlan(addOn, toPlanId);
  });
  if (planId === toPlanId) return null;
  if (subscription.items.some(({ usageOf }) => usageOf !== undefined)) return "usage";
  return leaves ? "add_on" : null;
}

function compareUse(
  { catalog, scope, graceDays, now }: Rules,
  { customerId, subscriptions, counts }: MigratingCustomer,
  moved: Subscription,
  item: SubscriptionItem,
): Pick<FoundCustomer, "access" | "overLimit"> {
  if (scope.planId === scope.toPlanId) return { access: [], overLimit: [] };
  const after = subscriptions.map((one) =>
    one === moved ? onPlan(catalog, moved, item, scope.toPlanId) : one,
  );
  const customer = { id: customerId, canManage: true, hasBillingAccount: true };
  const decide = (subscribed: readonly Subscription[]) => {
    const input = { catalog, customer, subscriptions: subscribed, graceDays, now };
    return decideAccess({ ...input, usage: currentUsage({ ...input, counts }) });
  };
  const [old, next] = [decide(subscriptions), decide(after)];
  const overLimit = Object.entries(next.features).flatMap(([feature, { used, limit, overage, type }]) => {
    const wasOver = used > (old.features[feature]?.limit ?? Number.POSITIVE_INFINITY);
    const isOver = type === "metered" && limit !== null && overage === undefined && used > limit;
    return isOver && !wasOver ? [{ customerId, feature, used, limit }] : [];
  });
  return { access: compareFeatures(old, next), overLimit };
}

/** The same on another plan. */
function onPlan(
  catalog: Catalog,
  subscription: Subscription,
  moved: SubscriptionItem,
  planId: string,
): Subscription {
  const plan = findPlan(catalog, planId);
  const group = plan === undefined ? subscription.group : groupOf(plan);
  const items = subscription.items.map((one) => (one === moved ? { ...one, planId, group } : one));
  return moved.group === subscription.group
    ? { ...subscription, items, planId, group }
    : { ...subscription, items };
}
