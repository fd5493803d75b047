import type { IsoTime } from "./time.js";

/** What the provider would charge next, as far as people may see it: never a whole card number. */
export interface PaymentMethod {
  /** The provider's id: `pm_…`. */
  readonly id: string;
  /** `visa`, or the kind of the method where it is no card: `sepa_debit`. */
  readonly brand: string;
  /** The last digits; `null` where it has none. */
  readonly last4: string | null;
  /** From when on it can't be charged: the end of a card's month, in UTC; `null` where it doesn't run out. */
  readonly expiresAt: IsoTime | null;
  /** `null` where the provider doesn't say. */
  readonly createdAt: IsoTime | null;
}
