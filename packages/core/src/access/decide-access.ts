import type { Catalog } from "../catalog/catalog.js";
import { defaultGroup, findPlan, freePlanId } from "../catalog/prices.js";
import type { Subscription } from "../subscription.js";
import type { AccessState, SubscriptionSummary } from "./access-state.js";
import { decideFeatures } from "./decide-features.js";
import { type Standing, standingOf } from "./standing.js";

/** Days that a failed payment is tolerated before the plan closes. */
export const defaultGraceDays = 7;

export interface AccessInput {
  readonly catalog: Catalog;
  /** Who asks; `null` when nobody is signed in. */
  readonly customer: {
    readonly id: string;
    readonly canManage: boolean;
    readonly hasBillingAccount: boolean;
  } | null;
  /** All of this customer's, ended ones included. */
  readonly subscriptions: readonly Subscription[];
  /** What was counted of each metered feature in the current period. */
  readonly usage?: Readonly<Record<string, number>>;
  /** @default 7 */
  readonly graceDays?: number;
  readonly now: Date;
}

/**
 * What a customer may use now. The one decision behind `billing.access`, GET /access and the
 * components: pure, so the same facts give the same answer everywhere.
 */
export function decideAccess(input: AccessInput): AccessState {
  const { catalog, customer, now, graceDays = defaultGraceDays } = input;
  const current = latestPerGroup(input.subscriptions);
  const standings = current.map((subscription) => ({
    subscription,
    standing: standingOf(subscription, graceDays, now),
  }));
  const main = standings.find(({ subscription }) => subscription.group === defaultGroup);
  const mainPlanId = main?.standing.grants ? knownPlanId(catalog, main.subscription) : null;
  const planId = customer === null ? null : (mainPlanId ?? freePlanId(catalog));
  const grace = standings.map(({ standing }) => standing).find(inGrace);
  return {
    customerId: customer?.id ?? null,
    canManage: customer?.canManage ?? false,
    hasBillingAccount: customer?.hasBillingAccount ?? false,
    planId,
    subscription: main ? summarize(main.subscription) : null,
    subscriptions: current.map(summarize),
    attention: attentionOf(catalog, standings),
    graceEndsAt: grace?.graceEndsAt ?? null,
    trialUsed: input.subscriptions.some(({ trialEndsAt }) => trialEndsAt !== null),
    features: decideFeatures({
      catalog,
      signedIn: customer !== null,
      planId,
      standings: customer === null ? [] : standings,
      usage: input.usage ?? {},
    }),
    decidedAt: now.toISOString(),
  };
}

function latestPerGroup(subscriptions: readonly Subscription[]): readonly Subscription[] {
  const best = new Map<string, Subscription>();
  for (const candidate of subscriptions) {
    const chosen = best.get(candidate.group);
    if (chosen === undefined || outranks(candidate, chosen)) best.set(candidate.group, candidate);
  }
  return [...best.values()];
}

const rank = { active: 0, trialing: 0, past_due: 1, unpaid: 2, paused: 2, incomplete: 3, ended: 4 } as const;

/** A running subscription before a broken one before an ended one; among equals the latest. */
function outranks(a: Subscription, b: Subscription): boolean {
  if (rank[a.status] !== rank[b.status]) return rank[a.status] < rank[b.status];
  return a.startedAt > b.startedAt;
}

function knownPlanId(catalog: Catalog, { planId }: Subscription): string | null {
  return findPlan(catalog, planId) ? planId : null;
}

function inGrace(standing: Standing): standing is Standing & { grants: true; graceEndsAt: string } {
  return standing.grants && standing.graceEndsAt !== null;
}

function attentionOf(
  catalog: Catalog,
  standings: readonly { subscription: Subscription; standing: Standing }[],
): AccessState["attention"] {
  const open = standings.filter(({ subscription }) => subscription.status !== "ended");
  if (open.some(({ subscription: { status } }) => status === "past_due" || status === "unpaid")) {
    return "payment_failed";
  }
  return open.some(({ subscription }) => knownPlanId(catalog, subscription) === null) ? "unknown_plan" : null;
}

function summarize(subscription: Subscription): SubscriptionSummary {
  const item = subscription.items.find(({ planId }) => planId === subscription.planId);
  return {
    planId: subscription.planId,
    status: subscription.status,
    interval: subscription.interval,
    currency: subscription.currency,
    quantity: subscription.quantity,
    unitAmount: item?.unitAmount ?? null,
    currentPeriod: subscription.currentPeriod,
    cancelAt: subscription.cancelAt,
    endedAt: subscription.endedAt,
    trialEndsAt: subscription.trialEndsAt,
    pause: subscription.pause,
    pendingChange: subscription.pendingChange,
  };
}
