import type { CancelSettlement, EndingAbilities, EndTime, PauseAbility } from "../ending/ending-abilities.js";
import type { Cancellation } from "../language/cancellation.js";
import type { Money } from "../language/money.js";
import type { DiscountTerms } from "../language/retention.js";
import type { IsoTime } from "../language/time.js";
import type { SubscriptionRef } from "./provider-subscriptions.js";

interface EndingCall {
  readonly subscription: SubscriptionRef;
  readonly idempotencyKey: string;
}

/** Discounts for whoever stays. */
export interface ProviderDiscounts {
  /**
   * What a coupon of the provider's does.
   *
   * @param coupon its id at the provider
   * @returns `null` for one that is not there, or can't be redeemed any more
   */
  read(coupon: string): Promise<DiscountTerms | null>;
  /** Adds a coupon to the discounts that a subscription has, once. */
  apply(input: EndingCall & { readonly coupon: string }): Promise<void>;
}

/**
 * What a customer's wish to leave, to stay or to pause becomes at the provider. Each method may be called again, with
 * the same key or another, after a crash between any two of its steps: it does what is left, never twice. What it claims
 * not to do is refused as `not_supported`. A change that waits for the period's end and that we show as `pendingChange`
 * gives way; any other plan that somebody made for the subscription at the provider is left alone, and what it stands in
 * the way of is refused as `foreign_schedule`.
 */
export interface ProviderEndings extends EndingAbilities {
  /**
   * Ends a subscription, or plans its end; a later call moves an end that is ahead. When it ends at once, nothing more is
   * collected for it: what is owed stays owed, and can still be paid by hand.
   *
   * @param input.settlement what becomes of the time that was paid for and is not used; only with `now`
   * @param input.said kept with the subscription, and read back as its `cancellation`, where the provider can
   * @returns what is paid back for unused time, now or by an earlier call that asked for it; `null`: nothing
   * @throws BillingError `subscription_ended` for one that has ended without owing such a refund
   */
  end(
    input: EndingCall & {
      readonly at: EndTime;
      readonly settlement: CancelSettlement;
      readonly said: Cancellation | null;
    },
  ): Promise<{ readonly refunded: Money | null }>;

  /** Withdraws an end that is ahead. A trial runs on as it was, and nothing is charged. */
  keep(input: EndingCall): Promise<void>;

  /**
   * Pauses from now on; time that is paid for and lies in a `full` pause is credited. Called for one whose collection is
   * paused, it moves the end of that pause.
   *
   * @param input.until `null`: until somebody resumes it
   */
  pause(
    input: EndingCall & { readonly how: PauseAbility["kind"]; readonly until: IsoTime | null },
  ): Promise<void>;

  /**
   * Ends a pause of either kind. After a full one a new period begins and is paid for; while that payment is not
   * through, it stays paused.
   *
   * @throws BillingError `payment_method_missing` when nothing could pay
   */
  resume(input: EndingCall): Promise<void>;

  /** Absent: it has none that could be given to a running subscription. */
  readonly discounts?: ProviderDiscounts;
}
