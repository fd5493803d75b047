import type { Catalog } from "../catalog/catalog.js";
import { defaultGroup, findPlan, freePlanId } from "../catalog/prices.js";
import { type AddOnLine, addOnLinesOf } from "../language/add-on-lines.js";
import type { Subscription } from "../language/subscription.js";
import { currentLines, type StandingLine } from "./current-lines.js";

/** What a customer has now. */
export interface Holding {
  /** The plans of the subscription that counts in each group, with what it grants. */
  readonly current: readonly StandingLine[];
  /** The first one of the main group. */
  readonly main: StandingLine | undefined;
  /** The plan of the main group that is open, the free one included. */
  readonly planId: string | null;
  /** Every plan that is open, the main group's first, with what was bought; `null` is the free plan. */
  readonly open: ReadonlyMap<string, StandingLine | null>;
  /** The add-ons of the subscriptions whose plans are open. */
  readonly addOns: readonly AddOnLine[];
}

/** @param input.subscriptions `null`: nobody is signed in, and nothing is open. */
export function holdingOf(input: {
  readonly catalog: Catalog;
  readonly subscriptions: readonly Subscription[] | null;
  readonly graceDays: number;
  readonly now: Date;
}): Holding {
  const { catalog, subscriptions, graceDays, now } = input;
  const current = currentLines(subscriptions ?? [], graceDays, now);
  const main = current.find(({ line }) => line.group === defaultGroup);
  const bought = main?.standing.grants && findPlan(catalog, main.line.planId);
  const planId = bought ? main.line.planId : subscriptions && freePlanId(catalog);
  const open = new Map<string, StandingLine | null>();
  if (planId !== null) open.set(planId, bought ? main : null);
  for (const one of current) {
    if (one.standing.grants && !open.has(one.line.planId)) open.set(one.line.planId, one);
  }
  const granting = current.flatMap(({ subscription, standing }) => (standing.grants ? [subscription] : []));
  const addOns = [...new Set(granting)].flatMap(addOnLinesOf);
  return { current, main, planId, open, addOns };
}
