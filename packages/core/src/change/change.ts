import type { Interval } from "../language/interval.js";
import type { Currency } from "../language/money.js";
import type { AddOnQuantities, Subscription } from "../language/subscription.js";
import type { IsoTime } from "../language/time.js";
import type { ChangeDirection, ChangeTime } from "./change-policy.js";

/** What somebody wants instead of what they have; what is left out stays, as far as the plan is sold that way. */
export interface ChangeChoice {
  readonly planId: string;
  readonly interval?: Interval | undefined;
  readonly quantity?: number | undefined;
  /** How many of each add-on, in place of all that are held; 0 is none. @default those that are held stay */
  readonly addOns?: AddOnQuantities | undefined;
}

/** What a line that bills an add-on is to become. */
export interface AddOnTarget {
  readonly addOnId: string;
  /** The provider's id of the line; `null`: it is a new one. */
  readonly itemId: string | null;
  /** 0: the line goes. */
  readonly quantity: number;
  /** The provider's id of the price that they keep; `null`: today's, by the plan's new interval. */
  readonly priceId: string | null;
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
  /** Every line that bills an add-on, and the new ones. Absent: there are none. */
  readonly addOns?: readonly AddOnTarget[];
}

/**
 * What becomes of an add-on. `moved`: it is billed by the plan's new interval. `included`: the new plan grants all that it
 * adds, so that it is taken off, with credit where what is left of the period is credited.
 */
export type AddOnOutcome = "stays" | "added" | "changed" | "moved" | "removed" | "included";

/** What a change does about one add-on. */
export interface AddOnChange {
  readonly addOnId: string;
  readonly becomes: AddOnOutcome;
  /** How many there are before. */
  readonly from: number;
  /** How many there are afterwards. */
  readonly to: number;
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
  /** What becomes of each add-on that is held or taken up, in the catalog's order; none: there are none. */
  readonly addOns: readonly AddOnChange[];
}
