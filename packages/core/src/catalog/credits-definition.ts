/** Units that customers are granted, buy and use up: tokens, minutes, exports. They are no money. */
export interface CreditDefinition {
  readonly name: string;
  readonly description?: string;
  /** `credits.low` is told when a customer's balance falls to this many. @default it is never told */
  readonly lowAt?: number;
}

/** What a plan grants of a credit in each of its periods, or each month; the free plan in each calendar month, in UTC. */
export interface PlanCredits {
  readonly amount: number;
  /**
   * `"month"` grants them in each month of the period, on the day of the month on which it began, or on the last day of a
   * shorter month: twelve times where the plan is paid by the year. Where it is paid by weeks or days, that is its period.
   * @default "period"
   */
  readonly every?: "period" | "month";
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
