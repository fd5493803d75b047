import type { OwnerStamp } from "../language/ownership.js";
import type { PaymentBooks, PaymentOf, Refund, RefundAccess, RefundReason } from "../language/refund.js";

/** A refund, with what it is of. */
export interface FoundRefund {
  readonly refund: Refund;
  readonly books: PaymentBooks;
  /** What was left in it when it was made; `null`: nothing, so that the app's policy decides. */
  readonly access: RefundAccess | null;
  /** What its invoice says about whose it is. */
  readonly stamp: OwnerStamp | null;
}

/** What was paid for an invoice or a product, with everything that went back of it. */
export interface RefundablePayment {
  readonly books: PaymentBooks;
  readonly refunds: readonly Refund[];
}

/** What a provider can do about giving money back. */
export interface ProviderRefunds {
  /** `null` when there is no such invoice or checkout. */
  readPayment(of: PaymentOf): Promise<RefundablePayment | null>;

  /**
   * Gives back a part of what was paid, or all of it, to where it came from; from several payments, the
   * earliest first. Called again with the same input, it makes none anew.
   *
   * @param input.amount in minor units; no more than is left, as `readPayment` says
   * @param input.access left in the refund, and read back
   * @param input.key left in the refund, and read back as its `key`
   * @throws BillingError `provider_rejected` where less is left by now
   */
  create(input: {
    readonly of: PaymentOf;
    readonly amount: number;
    readonly reason: RefundReason;
    readonly access: RefundAccess | null;
    readonly key: string;
    readonly idempotencyKey: string;
  }): Promise<readonly Refund[]>;

  /** `null` when there is no such refund. */
  read(refundId: string): Promise<FoundRefund | null>;

  /** All of a customer's refunds, those that failed included, the latest first. */
  list(providerCustomerId: string): Promise<readonly Refund[]>;
}
