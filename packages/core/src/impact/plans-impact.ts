import type { Currency } from "../language/money.js";
import type { FeatureChange } from "./compare-features.js";

/** What becomes of one feature for those who are on one plan. */
export interface PlanFeatureChange extends FeatureChange {
  readonly planId: string;
  /** How many it concerns; `null` for the free plan: those on it are known to the app alone. */
  readonly customers: number | null;
}

/** Somebody who has used more than they would be granted. */
export interface OverLimit {
  readonly customerId: string;
  readonly feature: string;
  /** In the current period. */
  readonly used: number;
  readonly limit: number;
}

/** What running subscriptions bring in an average month, in minor units, before discounts and taxes. */
export interface MonthlyRevenue {
  readonly currency: Currency;
  readonly now: number;
  /** If everybody paid the other catalog's price of what they have; whoever has no price there pays what they pay. */
  readonly atNewPrices: number;
  /** How many customers would pay something else. */
  readonly customers: number;
}

/** What another catalog would mean for those who are here, before it is pushed. */
export interface PlansImpact {
  /** How many have a running subscription. */
  readonly customers: number;
  readonly features: readonly PlanFeatureChange[];
  /** Of metered features, the first thousand, those who are furthest over it first. */
  readonly overLimit: readonly OverLimit[];
  /** How many are over a limit in all. */
  readonly overLimitCount: number;
  /**
   * Features of type `limit` that somebody is granted fewer of: the app counts those, so only it knows who has more than
   * that.
   */
  readonly uncounted: readonly string[];
  /** Pushing moves nobody to another price; this is what moving all of them would mean. */
  readonly revenue: readonly MonthlyRevenue[];
  /** The same in sentences. */
  readonly summary: readonly string[];
}
