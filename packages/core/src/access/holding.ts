import type { Catalog } from "../catalog/catalog.js";
import { defaultGroup, findPlan, freePlanId } from "../catalog/prices.js";
import type { Subscription } from "../subscription.js";
import { currentSubscriptions, type StandingSubscription } from "./current-subscriptions.js";

/** What a customer has now. */
export interface Holding {
  /** The subscription of each group that counts, with what it grants. */
  readonly current: readonly StandingSubscription[];
  /** The one of the main group. */
  readonly main: StandingSubscription | undefined;
  /** The plan of the main group that is open, the free one included. */
  readonly planId: string | null;
  /** Every plan that is open, the main group's first, with what was bought; `null` is the free plan. */
  readonly open: ReadonlyMap<string, Subscription | null>;
}

/** @param input.subscriptions `null`: nobody is signed in, and nothing is open. */
export function holdingOf(input: {
  readonly catalog: Catalog;
  readonly subscriptions: readonly Subscription[] | null;
  readonly graceDays: number;
  readonly now: Date;
}): Holding {
  const { catalog, subscriptions, graceDays, now } = input;
  const current = currentSubscriptions(subscriptions ?? [], graceDays, now);
  const main = current.find(({ subscription }) => subscription.group === defaultGroup);
  const bought = main?.standing.grants && findPlan(catalog, main.subscription.planId);
  const planId = bought ? main.subscription.planId : subscriptions && freePlanId(catalog);
  const open = new Map<string, Subscription | null>();
  if (planId !== null) open.set(planId, bought ? main.subscription : null);
  for (const { subscription, standing } of current) {
    if (standing.grants && !open.has(subscription.planId)) open.set(subscription.planId, subscription);
  }
  return { current, main, planId, open };
}
