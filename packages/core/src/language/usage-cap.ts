import type { Amounts } from "./money.js";

/**
 * How far the use of a metered feature may go beyond what is included, in each of its periods. Of both, what is reached
 * first counts.
 */
export interface UsageCap {
  /** How many beyond those that are included; 0: none. */
  readonly count?: number;
  /**
   * What the use of a period may cost, by currency, in minor units, before discounts and taxes. It says nothing of use that
   * is not billed; what is billed in a currency that is missing here may cost nothing.
   */
  readonly amounts?: Amounts;
}

/** Whose cap it is for one customer: your app's, which takes the place of the plan's, or the customer's own. */
export type UsageCapOwner = "app" | "customer";

/** A cap that was set for one customer. */
export interface UsageCapFact {
  readonly feature: string;
  readonly setBy: UsageCapOwner;
  /** `null`: your app lets this customer use any number, whatever their plan says. */
  readonly cap: UsageCap | null;
}
