import type { Interval } from "../language/interval.js";
import type { Currency } from "../language/money.js";
import type { Subscription } from "../language/subscription.js";
import type { IsoTime } from "../language/time.js";
import type { ChangeDirection, ChangeTime } from "./change-policy.js";

/** What somebody wants instead of what they have; what is left out stays, as far as the plan is sold that way. */
export interface ChangeChoice {
  readonly planId: string;
  readonly interval?: Interval | undefined;
  readonly quantity?: number | undefined;
}

/** What a line of a subscription is to become. */
export interface ChangeTarget {
  readonly planId: string;
  readonly group: string;
  readonly interval: Interval;
  readonly currency: Currency;
  readonly quantity: number;
  /** The provider's id of the price that they keep; `null`: today's price. */
  readonly priceId: string | null;
}

/** `undo`: what they have was chosen again, so the change that waits is withdrawn. */
export type ChangeKind = ChangeDirection | "undo";

/** A change that may be made. */
export interface Change {
  readonly kind: ChangeKind;
  readonly at: ChangeTime;
  readonly prorate: boolean;
  readonly effectiveAt: IsoTime;
  readonly subscription: Subscription;
  /** The provider's id of the line that changes; the other lines stay. */
  readonly itemId: string;
  readonly to: ChangeTarget;
}
