import type { Catalog } from "../catalog/catalog.js";
import { nearestQuantity } from "../catalog/nearest-quantity.js";
import { isFree, type PlanPrice } from "../catalog/prices.js";
import { type Holder, holderOf, otherCurrency } from "../language/holder-of.js";
import type { Currency } from "../language/money.js";
import type { PlanLine } from "../language/plan-lines.js";
import { costOf } from "../language/price-rate.js";
import type { Subscription } from "../language/subscription.js";
import { hasBegun, hasUsedTrial } from "../language/subscription-predicates.js";
import { decidePortal } from "../portal/decide-portal.js";
import type { PortalAbility, SeveralProviders } from "../portal/portal-ability.js";
import type { PortalPlan } from "../portal/portal-offers.js";
import { type Changing, findSwitch, otherChoices } from "./find-switch.js";
import type { PlanOffer, PlanOffers } from "./plan-offer.js";
import { type ShelfPlan, shelfOf } from "./shelf.js";
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
  /** Which provider sells, and what each one's portal can do. @default there is one, with `portal` */
  readonly providers?: SeveralProviders;
  /** What a change of ours is decided with, where one is offered. @default none is: the portal alone changes plans */
  readonly changing?: Changing;
}

/**
 * What may be done for a customer about each plan that is not retired. What a checkout would refuse, or neither the
 * provider's portal nor a change of ours can do, is not offered.
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
  const { plans } = shelfOf(input.catalog);
  return Object.fromEntries(plans.map((one) => [one.id, decideOffer(input, one, heldIn(one.group))]));
}

/** What holds a group, with the plans that the portal can turn it into. */
interface Held extends Holder {
  readonly targets: readonly PortalPlan[];
}

function decideOffer(input: OfferInput, one: ShelfPlan, held: Held | null): PlanOffer {
  const { id, plan } = one;
  if (plan.prices === undefined && plan.contactUrl !== undefined) {
    return { kind: "contact", url: plan.contactUrl };
  }
  if (held === null) return offerOfNew(input, one);
  if (held.line.planId === id) return offerOfOwn(input, one, held);
  return offerOfOther(input, one, held);
}

function offerOfNew(
  { subscriptions, planId, providers }: OfferInput,
  { id, plan, prices }: ShelfPlan,
): PlanOffer {
  if (isFree(plan)) return planId === id ? { kind: "current", changes: false } : { kind: "sign_up" };
  const { seller = null, opensCheckouts = true } = providers ?? {};
  const fits = prices.some(({ currency }) => otherCurrency(subscriptions, currency, seller) === null);
  if (!fits || !opensCheckouts) return { kind: "not_sold" };
  const trialDays = hasUsedTrial(subscriptions) ? 0 : (plan.trialDays ?? 0);
  const introUsed = plan.intro !== undefined && subscriptions.some(hasBegun);
  return { kind: "checkout", trialDays, ...(introUsed && { introUsed }) };
}

function offerOfOwn(input: OfferInput, { id, prices }: ShelfPlan, held: Held): PlanOffer {
  if (mayChange(held, id)) return { kind: "current", changes: true };
  const switches = otherChoices(prices, held).some((choice) => findSwitch(input, held, choice) !== null);
  return { kind: "current", changes: false, ...(switches && { switches }) };
}

function offerOfOther(input: OfferInput, { id, plan, prices }: ShelfPlan, held: Held): PlanOffer {
  const { subscription, line, targets } = held;
  const { cancelAt, currency, group } = subscription;
  // It is agreed for the subscription's own plan, not for one that was added to it.
  const pending = group === line.group ? subscription.pendingChange : null;
  if (pending?.planId === id) return { kind: "pending", at: pending.at };
  if (isFree(plan)) {
    if (cancelAt !== null) return { kind: "pending", at: cancelAt };
    return { kind: portalOf(input, subscription).cancels ? "cancel" : "not_switchable" };
  }
  if (!prices.some((price) => price.currency === currency)) return { kind: "not_sold" };
  const { placeOf } = shelfOf(input.catalog);
  const to = placeOf(id) > placeOf(line.planId) ? "higher" : "lower";
  if (!targets.some(({ planId }) => planId === id)) {
    const found = findSwitch(input, held, { planId: id });
    return found === null ? { kind: "not_switchable" } : { kind: "switch", to, at: found.at };
  }
  return { kind: "change", to, at: switchTime(billOf(line), billAfter(prices, line, currency)) };
}

function billOf({ interval, quantity, unitAmount: amount, rate }: PlanLine): PlanBill {
  return { interval, total: costOf({ amount, rate }, quantity) };
}

/** With the interval and the seats that they have, as far as the plan is sold that way. */
function billAfter(all: readonly PlanPrice[], held: PlanLine, currency: Currency): PlanBill {
  const prices = all.filter((one) => one.currency === currency);
  const price = prices.find(({ interval }) => interval === held.interval) ?? prices[0];
  if (price === undefined) return { interval: held.interval, total: null };
  const seats = price.model === "flat" ? 1 : nearestQuantity(price, held.quantity);
  return { interval: price.interval, total: costOf(price, seats) };
}

function mayChange({ targets }: Held, id: string): boolean {
  const own = targets.find(({ planId }) => planId === id);
  return own !== undefined && (own.intervals.length > 1 || own.seats !== null);
}

/**
 * A portal switches a subscription of one line only, and only between the plans that `listPortalOffers` puts together.
 */
function targetsOf(input: OfferInput, { subscription, line }: Holder): readonly PortalPlan[] {
  const { catalog } = input;
  const portal = portalOf(input, subscription);
  if (portal.switches === null || subscription.items.length > 1) return [];
  const wanted = decidePortal(catalog, { ...line, currency: subscription.currency });
  const fitting = shelfOf(catalog)
    .portalOffers(portal.switches.plansAtMost)
    .filter(
      ({ group, currency, model }) =>
        group === wanted?.group && currency === wanted.currency && model === wanted.model,
    );
  const own = fitting.find(({ forPlan }) => forPlan === wanted?.forPlan);
  return (own ?? fitting.find(({ forPlan }) => forPlan === null))?.plans ?? [];
}

/** Of the provider that bills it, whichever one sells now. */
function portalOf({ portal, providers }: OfferInput, { provider }: Subscription): PortalAbility {
  if (providers === undefined) return portal;
  const { portals } = providers;
  const own = Object.hasOwn(portals, provider) ? portals[provider] : undefined;
  return own ?? { cancels: false, switches: null };
}
