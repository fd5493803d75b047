import type { Dispute, FraudWarning } from "../language/dispute.js";
import type { OwnerStamp } from "../language/ownership.js";
import type { PaymentBooks } from "../language/refund.js";

/** What a dispute or a warning is about. */
interface OfPayment {
  readonly books: PaymentBooks;
  /** What its invoice says about whose it is. */
  readonly stamp: OwnerStamp | null;
}

/** A dispute, with what it is about. */
export interface FoundDispute extends OfPayment {
  readonly dispute: Dispute;
}

/** A warning of fraud, with what it is about. */
export interface FoundWarning extends OfPayment {
  readonly warning: FraudWarning;
}

/** What a provider can do about contested payments. */
export interface ProviderDisputes {
  /** `null` when there is no such dispute. */
  read(disputeId: string): Promise<FoundDispute | null>;

  /** All of a customer's disputes, the latest first. */
  list(providerCustomerId: string): Promise<readonly Dispute[]>;

  /** `null` when there is no such warning. */
  readWarning(warningId: string): Promise<FoundWarning | null>;

  /**
   * Gives back, as fraudulent, all that is left of the payment that a warning is about, and leaves in the refund that the
   * subscription ends. Called again, or for what went back or was charged back meanwhile, it does nothing.
   */
  refundWarned(input: { readonly warningId: string; readonly idempotencyKey: string }): Promise<void>;
}
