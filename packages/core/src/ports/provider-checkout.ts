import type { CheckoutOffer } from "../checkout/decide-checkout.js";
import type { Currency } from "../language/money.js";
import type { IsoTime } from "../language/time.js";

/** What a checkout is opened with: an offer from `decideCheckout`, never what a browser sent. */
export interface CreateCheckoutInput {
  readonly offer: CheckoutOffer;
  readonly customerId: string;
  readonly providerCustomerId: string;
  /** The installation id of our database, left on what is created. */
  readonly database: string;
  /** Absolute; `{CHECKOUT_ID}` stands where the checkout's id goes. */
  readonly successUrl: string;
  /** Absolute. */
  readonly cancelUrl: string;
  /** The same key with the same input gives the same checkout, also across processes. */
  readonly idempotencyKey: string;
}

/** A checkout as the provider reports it. */
export interface ProviderCheckout {
  readonly id: string;
  /** `null` also when that customer was deleted. */
  readonly providerCustomerId: string | null;
  readonly status: "open" | "complete" | "expired";
  /**
   * `processing`: complete, and the money is on its way (bank debits). `failed`: complete, but the money did not
   * arrive.
   */
  readonly payment: "paid" | "unpaid" | "processing" | "failed" | "not_required";
  /** Where the person pays; `null` unless open. */
  readonly url: string | null;
  readonly expiresAt: IsoTime;
  readonly subscriptionId: string | null;
  /** What it buys once; `null` when it is a plan. */
  readonly product: CheckoutProduct | null;
}

/** What a checkout buys once. */
export interface CheckoutProduct {
  readonly productId: string;
  readonly quantity: number;
  /** For all of it, in minor units. */
  readonly amount: number;
  readonly currency: Currency;
}
