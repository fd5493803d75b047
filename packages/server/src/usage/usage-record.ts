/** A use of a metered feature. */
export interface UsageRecord<F extends string = string> {
  /** Your own id for the customer. */
  readonly customerId: string;
  readonly feature: F;
  /**
   * Who used it, by your own id of at most 200 characters: it must fit what they may use too, and counts for them and for
   * the customer, or for neither. @default nobody in particular
   */
  readonly memberId?: string;
  /** A whole number, from 1 to a thousand million. @default 1 */
  readonly quantity?: number;
  /**
   * When it was used, where that was earlier: it counts in the period that it belongs to, and whoever bills it is told this
   * time, to the minute. A period that is over takes it for as long as it can still be billed (`usage.lateMinutes`). Record
   * what was used on both sides of a period's end as two uses. @default now
   */
  readonly at?: Date;
  /**
   * Names this one use, up to 255 characters: the same key for the same customer and feature is counted once, so that a
   * retry is harmless. Keys are remembered as long as events are (`eventRetentionDays`).
   */
  readonly idempotencyKey: string;
}

/** What `billing.usage.record` counted. */
export interface UsageReceipt {
  /** `false`: this key was counted before, and nothing was counted now. */
  readonly counted: boolean;
  /** What the current period holds now. */
  readonly used: number;
  /** How many the plan grants per period; `null` is unlimited. */
  readonly limit: number | null;
  /** How many are left; `null` is unlimited. */
  readonly remaining: number | null;
  /** The same of the member who was named. Absent: nobody was. */
  readonly member?: MemberReceipt;
}

/** What a member used in the current period, of what their customer may. */
export interface MemberReceipt {
  readonly used: number;
  /** How many they may use: their own limit, or the plan's; `null`: as many as their customer. */
  readonly limit: number | null;
  /** How many of their own are left, whatever their customer has left; `null`: as many as that. */
  readonly remaining: number | null;
}
