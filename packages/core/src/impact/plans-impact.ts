import type { IntroDefinition } from "../catalog/price-definition.js";
import type { Interval } from "../language/interval.js";
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

/**
 * What running subscriptions bring in an average month, in minor units, before discounts and taxes: whoever still pays an
 * intro counts with what they pay after it.
 */
export interface MonthlyRevenue {
  readonly currency: Currency;
  readonly now: number;
  /** If everybody paid the other catalog's price of what they have; whoever has no price there pays what they pay. */
  readonly atNewPrices: number;
  /** How many customers would pay something else. */
  readonly customers: number;
}

/** An intro that another catalog has otherwise: for those who buy, and nobody who has bought. */
export interface IntroChange {
  readonly planId: string;
  readonly interval: Interval;
  /** `null`: there is none. */
  readonly was: IntroDefinition | null;
  readonly is: IntroDefinition | null;
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
  /** What first payments would be reduced by from then on. Everybody keeps what they were sold. */
  readonly intros: readonly IntroChange[];
  /** The same in sentences. */
  readonly summary: readonly string[];
}
