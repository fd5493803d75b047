import { isActive, isTrialOver, type Subscription } from "../language/subscription.js";

/** A subscription that another one has taken the place of. */
export interface Superseded {
  readonly kept: Subscription;
  /** Paused since its trial ended, and never paid for. */
  readonly superseded: Subscription;
}

/**
 * Which subscriptions of one customer, provider and plan group were left paused by a trial that ended without a
 * payment method, and have given way to one that runs: resumed later, they would be paid beside it.
 *
 * @example
 * function isLeftOver(trial: Subscription, bought: Subscription): boolean {
 *   return findSuperseded([trial, bought]).some(({ superseded }) => superseded.id === trial.id);
 * }
 */
export function findSuperseded(subscriptions: readonly Subscription[]): readonly Superseded[] {
  const kept = subscriptions.find(isActive);
  if (kept === undefined) return [];
  return subscriptions.filter(isTrialOver).map((superseded) => ({ kept, superseded }));
}
