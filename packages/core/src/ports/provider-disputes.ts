import type { Dispute, FraudWarning } from "../language/dispute.js";
import type { DisputeEvidence, EarlierPayment } from "../language/dispute-evidence.js";
import type { OwnerStamp } from "../language/ownership.js";
import type { PaymentBooks } from "../language/refund.js";
import type { IsoTime } from "../language/time.js";

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

/** What the provider holds about a disputed payment that is evidence; `null` where it holds none. */
export interface DisputeFacts {
  readonly paidAt: IsoTime;
  readonly description: string | null;
  readonly customerEmail: string | null;
  readonly customerName: string | null;
  readonly billingAddress: string | null;
  readonly receiptUrl: string | null;
  readonly termsAcceptedAt: IsoTime | null;
  /** Whether it is Visa's reason 10.4, fraud without the card present. */
  readonly isVisaFraud: boolean;
  /** Of the same card, neither disputed nor paid back, however old. */
  readonly earlier: readonly EarlierPayment[];
}

/** What a provider can do about contested payments. */
export interface ProviderDisputes {
  /** `null` when there is no such dispute. */
  read(disputeId: string): Promise<FoundDispute | null>;

  /** The same with what is evidence. */
  readFacts(disputeId: string): Promise<(FoundDispute & { readonly facts: DisputeFacts }) | null>;

  /**
   * Stages evidence, where it can still be changed; or, with `submit`, hands in what is staged, for good.
   */
  saveEvidence(input: { readonly evidence: DisputeEvidence; readonly submit: boolean }): Promise<void>;

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
