/**
 * When a change takes effect, and when it is paid for. `now`: at once, both. `next_invoice`: it takes effect at once, and
 * is paid for with the next regular invoice. `period_end`: it waits until what was paid for is used up.
 */
export type ChangeTime = "now" | "next_invoice" | "period_end";

/** What becomes of changes in one direction. */
export interface ChangePolicy {
  readonly at: ChangeTime;
  /**
   * Whether what is left of the running period is credited at the old price and charged at the new one. Means nothing
   * at the period's end, where nothing is left.
   */
  readonly prorate: boolean;
}

/**
 * Which way a change goes. What it costs decides for another plan, the interval before anything else if it gets shorter,
 * and the number for more or fewer seats of the same plan. `crossgrade`: another plan for the same money.
 */
export type ChangeDirection =
  | "upgrade"
  | "downgrade"
  | "crossgrade"
  | "longer_interval"
  | "shorter_interval"
  | "more_seats"
  | "fewer_seats";

/** What becomes of a change, by direction. */
export type ChangePolicies = Readonly<Record<ChangeDirection, ChangePolicy>>;

const atOnce: ChangePolicy = { at: "now", prorate: true };
const later: ChangePolicy = { at: "period_end", prorate: true };

/**
 * More money now happens now, prorated and paid; less money, fewer seats and a shorter interval wait for the period's end.
 *
 * @example
 * defaultChangePolicies.downgrade.at; // "period_end"
 */
export const defaultChangePolicies: ChangePolicies = {
  upgrade: atOnce,
  crossgrade: atOnce,
  longer_interval: atOnce,
  more_seats: atOnce,
  downgrade: later,
  shorter_interval: later,
  fewer_seats: later,
};
