import type { Money } from "./money.js";
import type { IsoTime } from "./time.js";

/** What a coupon takes off, and for how long. */
export interface DiscountTerms {
  /** In percent; `null` where it takes off an amount. */
  readonly percentOff: number | null;
  /** `null` where it takes off a part. */
  readonly amountOff: Money | null;
  readonly duration: "once" | "repeating" | "forever";
  /** For how many months, where it is `repeating`. */
  readonly months: number | null;
}

/** What somebody who wants to leave is offered to stay: a discount, or some days without being charged. */
export type RetentionOffer =
  | ({ readonly kind: "coupon" } & DiscountTerms)
  | { readonly kind: "pause"; readonly days: number };

/** An offer to stay, as it was made. */
export interface Retention {
  readonly offer: RetentionOffer;
  readonly offeredAt: IsoTime;
  /** `null`: none yet. */
  readonly answer: "accepted" | "declined" | null;
}
