import type { IsoTime } from "./time.js";

/**
 * The slot of the one checkout per customer that buys nothing: what is saved in it is paid with later.
 *
 * @example
 * function sells({ slot }: CheckoutRecord): boolean {
 *   return slot !== savingSlot;
 * }
 */
export const savingSlot = "payment_method";

/** A checkout that we opened; `status` is what we last knew. */
export interface CheckoutRecord {
  readonly id: string;
  readonly provider: string;
  readonly customerId: string;
  /** What may be open only once per customer: `plan:main`, `product:credits`, or `savingSlot`. */
  readonly slot: string;
  /** A digest of everything that was asked for; if it is the same, the checkout may be reused. */
  readonly fingerprint: string;
  /** `failed`: it was completed, but its money did not arrive. */
  readonly status: "open" | "complete" | "expired" | "failed";
  /** `null` also while one is open that is paid on a page of the app; what opens it there is never stored. */
  readonly url: string | null;
  /** `null`: it stays open until it is paid or closed. */
  readonly expiresAt: IsoTime | null;
  readonly createdAt: IsoTime;
  /** How many days of trial it offers; a customer has one trial, so there is one such checkout. */
  readonly trialDays: number;
  /** It offers an intro, which is for a customer's first subscription. Absent: none. */
  readonly intro?: true;
}
