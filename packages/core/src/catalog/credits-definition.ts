/** Units that customers are granted, buy and use up: tokens, minutes, exports. They are no money. */
export interface CreditDefinition {
  readonly name: string;
  readonly description?: string;
  /** `credits.low` is told when a customer's balance falls to this many. @default it is never told */
  readonly lowAt?: number;
}

/** What a plan grants of a credit in each of its periods; the free plan in each calendar month, in UTC. */
export interface PlanCredits {
  readonly amount: number;
  /**
   * What becomes of what is left when the period is over: `"none"` expires, `"all"` stays, and a number is how many are
   * carried over at most, together with what was carried before.
   * @default "none"
   */
  readonly rollover?: "none" | "all" | number;
  /** From 0 to 100: those with the lowest number are used first. @default 50 */
  readonly priority?: number;
}

/** The priority of what says nothing of it. */
export const defaultCreditsPriority = 50;
