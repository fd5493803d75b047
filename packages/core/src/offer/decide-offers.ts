import type { Catalog, PlanDefinition } from "../catalog/catalog.js";
import { groupOf, isFree, pricesOf } from "../catalog/prices.js";
import type { Currency } from "../language/money.js";
import type { PlanLine } from "../language/plan-lines.js";
import { hasUsedTrial, type Subscription } from "../language/subscription.js";
import { decidePortal } from "../portal/decide-portal.js";
import type { PortalAbility } from "../portal/portal-ability.js";
import { listPortalOffers, type PortalPlan } from "../portal/portal-offers.js";
import { type Holder, holderOf, otherCurrency } from "./holder-of.js";
import type { PlanOffer, PlanOffers } from "./plan-offer.js";
import { type PlanBill, switchTime } from "./switch-time.js";

/** What offers follow from. */
export interface OfferInput {
  readonly catalog: Catalog;
  /** All of the customer's; if two hold one group, the first counts. */
  readonly subscriptions: readonly Subscription[];
  /** The plan whose features are open now; `null`: none is. */
  readonly planId: string | null;
  /** What the provider's portal can do. */
  readonly portal: PortalAbility;
}

/**
 * What may be done for a customer about each plan that is not retired. What a checkout would refuse, or the provider's
 * portal can't do, is not offered.
 *
 * @example
 * const portal = { cancels: true, switches: null };
 * decideOffers({ catalog: plans, subscriptions: [], planId: "free", portal }).pro; // { kind: "checkout", trialDays: 14 }
 */
export function decideOffers(input: OfferInput): PlanOffers {
  const held = new Map<string, Held | null>();
  const heldIn = (group: string) => {
    const known = held.get(group);
    if (known !== undefined) return known;
    const holder = holderOf(input.subscriptions, group);
    const found = holder && { ...holder, targets: targetsOf(input, holder) };
    held.set(group, found);
    return found;
  };
  const forSale = Object.entries(input.catalog.plans).filter(([, plan]) => plan.retired !== true);
  return Object.fromEntries(
    forSale.map(([id, plan]) => [id, decideOffer(input, id, plan, heldIn(groupOf(plan)))]),
  );
}

/** What holds a group, with the plans that the portal can turn it into. */
interface Held extends Holder {
  readonly targets: readonly PortalPlan[];
}

function decideOffer(input: OfferInput, id: string, plan: PlanDefinition, held: Held | null): PlanOffer {
  if (plan.prices === undefined && plan.contactUrl !== undefined) {
    return { kind: "contact", url: plan.contactUrl };
  }
  if (held === null) return offerOfNew(input, id, plan);
  if (held.line.planId === id) return { kind: "current", changes: mayChange(held, id) };
  return offerOfOther(input, id, plan, held);
}

function offerOfNew({ subscriptions, planId }: OfferInput, id: string, plan: PlanDefinition): PlanOffer {
  if (isFree(plan)) return planId === id ? { kind: "current", changes: false } : { kind: "sign_up" };
  const prices = pricesOf(id, plan);
  if (!prices.some(({ currency }) => otherCurrency(subscriptions, currency) === null)) {
    return { kind: "not_sold" };
  }
  return { kind: "checkout", trialDays: hasUsedTrial(subscriptions) ? 0 : (plan.trialDays ?? 0) };
}

function offerOfOther(
  { catalog, portal }: OfferInput,
  id: string,
  plan: PlanDefinition,
  { subscription, line, targets }: Held,
): PlanOffer {
  const { cancelAt, currency, group } = subscription;
  // It is agreed for the subscription's own plan, not for one that was added to it.
  const pending = group === line.group ? subscription.pendingChange : null;
  if (pending?.planId === id) return { kind: "pending", at: pending.at };
  if (isFree(plan)) {
    if (cancelAt !== null) return { kind: "pending", at: cancelAt };
    return { kind: portal.cancels ? "cancel" : "not_switchable" };
  }
  if (!pricesOf(id, plan).some((price) => price.currency === currency)) return { kind: "not_sold" };
  if (!targets.some(({ planId }) => planId === id)) return { kind: "not_switchable" };
  const place = (planId: string) => Object.keys(catalog.plans).indexOf(planId);
  const to = place(id) > place(line.planId) ? "higher" : "lower";
  return { kind: "change", to, at: switchTime(billOf(line), billAfter(id, plan, line, currency)) };
}

function billOf({ interval, quantity, unitAmount }: PlanLine): PlanBill {
  return { interval, total: unitAmount === null ? null : unitAmount * quantity };
}

/** With the interval and the seats that they have, as far as the plan is sold that way. */
function billAfter(id: string, plan: PlanDefinition, held: PlanLine, currency: Currency): PlanBill {
  const prices = pricesOf(id, plan).filter((one) => one.currency === currency);
  const price = prices.find(({ interval }) => interval === held.interval) ?? prices[0];
  if (price === undefined) return { interval: held.interval, total: null };
  const seats = price.model === "flat" ? 1 : Math.max(held.quantity, price.minimumQuantity);
  return { interval: price.interval, total: price.amount * seats };
}

function mayChange({ targets }: Held, id: string): boolean {
  const own = targets.find(({ planId }) => planId === id);
  return own !== undefined && (own.intervals.length > 1 || own.seats !== null);
}

/**
 * A portal switches a subscription of one line only, and only between the plans that `listPortalOffers` puts together.
 */
function targetsOf({ catalog, portal }: OfferInput, { subscription, line }: Holder): readonly PortalPlan[] {
  if (portal.switches === null || subscription.items.length > 1) return [];
  const wanted = decidePortal(catalog, { ...line, currency: subscription.currency });
  const fitting = listPortalOffers(catalog, portal.switches.plansAtMost).filter(
    ({ group, currency, model }) =>
      group === wanted?.group && currency === wanted.currency && model === wanted.model,
  );
  const own = fitting.find(({ forPlan }) => forPlan === wanted?.forPlan);
  return (own ?? fitting.find(({ forPlan }) => forPlan === null))?.plans ?? [];
}
