import type { Subscription } from "../language/subscription.js";
import { isActive, isTrialOver } from "../language/subscription-predicates.js";

/** A subscription that another one has replaced. */
export interface Superseded {
  readonly kept: Subscription;
  /** Paused since its trial ended, and never paid for. */
  readonly superseded: Subscription;
}

/**
 * Finds the subscriptions of one customer, provider and plan group that a trial which ended without a payment method
 * left paused, and that have given way to one that runs: resumed later, they would be paid alongside it.
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
