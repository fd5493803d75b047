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

/** A way of paying that is on file for a customer. */
export interface SavedPaymentMethod extends PaymentMethod {
  /** Whether renewals are charged to it, unless a subscription names another. */
  readonly isDefault: boolean;
  /** The provider's ids of the running subscriptions that will be charged to it. */
  readonly renews: readonly string[];
}
