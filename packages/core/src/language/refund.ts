import type { Currency } from "./money.js";
import type { Period } from "./subscription.js";
import type { IsoTime } from "./time.js";

/** Why a payment is given back; providers know no more than these. */
export type RefundReason = "requested_by_customer" | "duplicate" | "fraudulent";

/** What the caller of a refund decides about access, instead of the app's policy. */
export type RefundAccess = "end" | "keep";

/** A refund as the provider has it. */
export interface Refund {
  /** The provider's id: `re_…`. */
  readonly id: string;
  readonly provider: string;
  /** The provider's id of what was paid: `in_…`; `null` for a payment without an invoice. */
  readonly invoiceId: string | null;
  /** In minor units. */
  readonly amount: number;
  readonly currency: Currency;
  /** `pending`: it is on its way, or waits for the provider. `failed`: the money is back here, and can be refunded again. */
  readonly status: "pending" | "succeeded" | "failed";
  /** Why it failed, in the provider's word: `expired_or_canceled_card`; `null` otherwise. */
  readonly failure: string | null;
  /** `null`: nobody said, or in a word that we don't know. */
  readonly reason: RefundReason | null;
  readonly createdAt: IsoTime;
  /** The key of the call that made it; `null`: it was made without us, or before keys were kept. */
  readonly key: string | null;
}

/** Which payment is meant: that of an invoice, or of a checkout that bought a product once. */
export type PaymentOf = { readonly invoiceId: string } | { readonly checkoutId: string };

/** What came in by a payment and what went back, in minor units of `currency`. */
export interface PaymentBooks {
  /** `null` for a payment without an invoice. */
  readonly invoiceId: string | null;
  /** `null` when it was for no subscription. */
  readonly subscriptionId: string | null;
  /** The checkout that bought a product once; `null` or absent when it was for anything else. */
  readonly checkoutId?: string | null;
  readonly providerCustomerId: string | null;
  readonly currency: Currency;
  /** In money: what credit paid for is not in it, and can't be given back as money. */
  readonly paid: number;
  /** What arrived back at the customer's. */
  readonly refunded: number;
  /** What is on its way there. */
  readonly pending: number;
  /** What a dispute holds or took, and no refund can give back. */
  readonly held: number;
  /** Whether it was ever disputed, or asked about by the bank. */
  readonly disputed: boolean;
  /** The span of service that it is for; `null` for anything but the regular price of a period. */
  readonly period: Period | null;
}
