import type { SubscriptionPause } from "../language/subscription.js";
import type { IsoTime } from "../language/time.js";

/** When a subscription is to end; what is paid for is used up until `period_end`. */
export type EndTime =
  | { readonly kind: "now" }
  | { readonly kind: "period_end" }
  | { readonly kind: "date"; readonly date: IsoTime };

/**
 * What becomes of the time that is paid for when a subscription ends before it is used up. `nothing`: it lapses.
 * `credit`: the next invoice of the customer is reduced by it. `refund`: it is paid back.
 */
export type CancelSettlement = "nothing" | "credit" | "refund";

/** One of a provider's ways to pause. */
export interface PauseAbility {
  readonly kind: SubscriptionPause["kind"];
  /** Whether the provider ends such a pause by itself at a date. */
  readonly until: boolean;
}

/** What a provider can do about the end of a subscription, and about its pauses. */
export interface EndingAbilities {
  /** When a cancellation can take effect. */
  readonly ends: readonly EndTime["kind"][];
  /** What can become of the unused time when it ends at once. */
  readonly settlements: readonly CancelSettlement[];
  /** Whether an end that is still ahead can be withdrawn. */
  readonly keeps: boolean;
  /** How it can be paused; the first is what is meant where nothing is said. */
  readonly pauses: readonly PauseAbility[];
}
