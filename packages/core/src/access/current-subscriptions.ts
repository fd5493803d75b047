import type { Subscription } from "../subscription.js";
import { type Standing, standingOf } from "./standing.js";

/** A subscription with what it grants now. */
export interface StandingSubscription {
  readonly subscription: Subscription;
  readonly standing: Standing;
}

/**
 * The one subscription of each group that counts: one that grants its plan before one that doesn't, a sound
 * one before a broken one before an ended one, among equals the one that started last.
 */
export function currentSubscriptions(
  subscriptions: readonly Subscription[],
  graceDays: number,
  now: Date,
): readonly StandingSubscription[] {
  const best = new Map<string, StandingSubscription>();
  for (const subscription of subscriptions) {
    const candidate = { subscription, standing: standingOf(subscription, graceDays, now) };
    const chosen = best.get(subscription.group);
    if (chosen === undefined || outranks(candidate, chosen)) best.set(subscription.group, candidate);
  }
  return [...best.values()];
}

const rank = { active: 0, trialing: 0, past_due: 1, unpaid: 2, paused: 2, incomplete: 3, ended: 4 } as const;

function outranks(a: StandingSubscription, b: StandingSubscription): boolean {
  if (a.standing.grants !== b.standing.grants) return a.standing.grants;
  const [rankA, rankB] = [rank[a.subscription.status], rank[b.subscription.status]];
  return rankA === rankB ? a.subscription.startedAt > b.subscription.startedAt : rankA < rankB;
}
