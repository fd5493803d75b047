import { findAddOn } from "../catalog/add-ons.js";
import type { Catalog } from "../catalog/catalog.js";
import { catalogFor } from "../catalog/catalog-for.js";
import { findPlan } from "../catalog/prices.js";
import type { ChangePolicies } from "../change/change-policy.js";
import { addOnLinesOf, countAddOns } from "../language/add-on-lines.js";
import type { CreditsSummary } from "../language/credits.js";
import type { PurchaseFact } from "../language/purchase.js";
import type { Subscription, SubscriptionStatus } from "../language/subscription.js";
import { hasUsedTrial, isLive } from "../language/subscription-predicates.js";
import type { IsoTime } from "../language/time.js";
import type { UsageCapFact } from "../language/usage-cap.js";
import { decideAddOnOffers } from "../offer/decide-add-on-offers.js";
import { decideOffers } from "../offer/decide-offers.js";
import type { PortalAbility, SeveralProviders } from "../portal/portal-ability.js";
import type { AccessState, Attention, PaymentTrouble, SubscriptionSummary } from "./access-state.js";
import { asMember } from "./as-member.js";
import { countOwned } from "./count-owned.js";
import type { StandingLine } from "./current-lines.js";
import { decideFeatures } from "./decide-features.js";
import { decideSignedOut } from "./decide-signed-out.js";
import { holdingOf } from "./holding.js";

/** Days that a failed payment is tolerated before the plan closes. */
export const defaultGraceDays = 7;

/** The facts that access follows from. */
export interface AccessInput {
  readonly catalog: Catalog;
  /** Who is asking; `null` when nobody is signed in. */
  readonly customer: {
    readonly id: string;
    readonly canManage: boolean;
    readonly hasBillingAccount: boolean;
  } | null;
  /** All of this customer's, ended ones included; irrelevant when nobody is signed in. */
  readonly subscriptions: readonly Subscription[];
  /** The count of each metered feature in the current period, and of each that is granted by the seat. @default nothing */
  readonly usage?: Readonly<Record<string, number>>;
  /** How far this customer's use may go beyond what is included, where that was set for them. @default as their plan says */
  readonly caps?: readonly UsageCapFact[];
  /** What was bought once and paid for. @default nothing */
  readonly purchases?: readonly PurchaseFact[];
  /** What is left of the catalog's credits, when it was read. @default not known */
  readonly credits?: Readonly<Record<string, CreditsSummary>> | undefined;
  /** @default 7 */
  readonly graceDays?: number;
  /** What the provider's portal can do; nothing else is offered. @default everything */
  readonly portal?: PortalAbility;
  /** Which provider sells, and what each one's portal can do. @default there is one, with `portal` */
  readonly providers?: SeveralProviders;
  /** What becomes of a change of ours, by direction. @default defaultChangePolicies */
  readonly changePolicies?: ChangePolicies;
  /** The ids of the private plans that whoever asks may have. @default none */
  readonly plans?: readonly string[];
  readonly now: Date;
}

/**
 * What a customer may use now. The one decision behind `billing.access`, GET /access and the
 * components: pure, so the same facts give the same answer everywhere.
 *
 * @throws RangeError when a time in `subscriptions`, or `now`, is not a time.
 * @example
 * const state = decideAccess({ catalog: plans, customer: null, subscriptions: [], now: new Date() });
 * state.features.export?.reason; // "signed_out"
 */
export function decideAccess(input: AccessInput): AccessState {
  const { customer, subscriptions, now, usage = {}, graceDays = defaultGraceDays } = input;
  const { changePolicies: policies } = input;
  const catalog = catalogFor(input.catalog, input.plans ?? []);
  if (customer === null) return decideSignedOut(catalog, now);
  const holding = holdingOf({ catalog, subscriptions, graceDays, now });
  const { current, main, planId } = holding;
  // If two hold one group, the one that counts is the one to change.
  const countingFirst = [...current.map(({ subscription }) => subscription), ...subscriptions];
  const changers = input.providers?.changers;
  const offers = decideOffers({
    catalog,
    subscriptions: countingFirst,
    planId,
    portal: input.portal ?? { cancels: true, switches: { plansAtMost: Number.POSITIVE_INFINITY } },
    ...(input.providers && { providers: input.providers }),
    changing: { ...(policies && { policies }), now },
  });
  const state: AccessState = {
    customerId: customer.id,
    canManage: customer.canManage,
    hasBillingAccount: customer.hasBillingAccount,
    planId,
    subscription: main ? summarize(main) : null,
    subscriptions: current.map(summarize),
    attention: attentionOf(catalog, current),
    graceEndsAt: graceEndOf(current),
    paymentTrouble: troubleOf(current),
    trialUsed: hasUsedTrial(subscriptions),
    features: decideFeatures({ catalog, holding, usage, caps: input.caps ?? [], now }),
    offers,
    owned: countOwned(catalog, input.purchases ?? []),
    ...(holding.addOns.length > 0 && { addOns: countAddOns(holding.addOns) }),
    ...(Object.keys(catalog.addOns ?? {}).length > 0 && {
      addOnOffers: decideAddOnOffers({
        catalog,
        subscriptions: countingFirst,
        ...(changers && { changers }),
      }),
    }),
    ...(input.credits && { credits: input.credits }),
    degraded: false,
    decidedAt: now.toISOString(),
  };
  return customer.canManage ? state : asMember(state);
}

/** When the first of several grace periods ends. */
function graceEndOf(current: readonly StandingLine[]): IsoTime | null {
  let first: IsoTime | null = null;
  for (const { standing } of current) {
    const end = standing.grants ? standing.graceEndsAt : null;
    if (end !== null && (first === null || end < first)) first = end;
  }
  return first;
}

/** Of several the one that failed first: it is the first to close something. */
function troubleOf(current: readonly StandingLine[]): PaymentTrouble | null {
  const failed = current.flatMap(({ subscription: { status, dunning } }) =>
    dunning !== null && isBehind(status) ? [dunning] : [],
  );
  const [first] = failed.sort((a, b) => (a.since < b.since ? -1 : 1));
  if (first === undefined) return null;
  const { since, attempts, nextAttemptAt, amount, currency } = first;
  return { since, attempts, nextAttemptAt, due: { amount, currency } };
}

function isBehind(status: SubscriptionStatus): boolean {
  return status === "past_due" || status === "unpaid";
}

function attentionOf(catalog: Catalog, current: readonly StandingLine[]): Attention | null {
  const live = current.filter(({ subscription }) => isLive(subscription));
  if (live.some(({ subscription: { status } }) => isBehind(status))) return "payment_failed";
  const isUnknown = ({ line, subscription }: StandingLine) =>
    findPlan(catalog, line.planId) === undefined ||
    addOnLinesOf(subscription).some(({ addOnId }) => findAddOn(catalog, addOnId) === undefined);
  return live.some(isUnknown) ? "unknown_plan" : null;
}

function summarize({ subscription, line }: StandingLine): SubscriptionSummary {
  // They belong to the subscription's own plan, not to one that was added to it.
  const addOns = line.group === subscription.group ? addOnLinesOf(subscription) : [];
  return {
    planId: line.planId,
    group: line.group,
    status: subscription.status,
    interval: line.interval,
    currency: subscription.currency,
    quantity: line.quantity,
    unitAmount: line.unitAmount,
    ...(line.rate !== undefined && { rate: line.rate }),
    currentPeriod: line.currentPeriod,
    cancelAt: subscription.cancelAt,
    endedAt: subscription.endedAt,
    trialEndsAt: subscription.trialEndsAt,
    pause: subscription.pause,
    // It is agreed for the subscription's own plan, not for one that was added to it.
    pendingChange: line.group === subscription.group ? subscription.pendingChange : null,
    ...(addOns.length > 0 && {
      addOns: addOns.map(({ addOnId, quantity, unitAmount }) => ({ addOnId, quantity, unitAmount })),
    }),
  };
}
