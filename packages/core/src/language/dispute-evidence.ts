import type { Dispute } from "./dispute.js";
import type { IsoTime } from "./time.js";

/** One piece of evidence, in plain text. */
export type EvidenceField =
  /** Your own id of the customer. */
  | "account"
  | "plan"
  | "productDescription"
  | "serviceDate"
  | "customerEmail"
  | "customerName"
  | "billingAddress"
  | "purchaseIp"
  /** Times, addresses and what was used. */
  | "accessLog"
  | "termsAccepted"
  | "invoice"
  | "receipt";

/** What identifies who paid, in Visa's sense. */
export interface PaymentIdentity {
  readonly accountId?: string;
  readonly customerEmail?: string;
  readonly purchaseIp?: string;
  /** At least 15 characters. */
  readonly deviceId?: string;
  /** At least 20 characters. */
  readonly deviceFingerprint?: string;
}

/** An earlier payment with the same card. */
export interface EarlierPayment {
  /** The provider's id: `ch_…`. */
  readonly paymentId: string;
  readonly paidAt: IsoTime;
  readonly description: string | null;
  readonly identity: PaymentIdentity;
}

/** What only your app can know: Tollgate holds no address, device or log of your customers. */
export interface EvidenceGiven {
  readonly fields?: Readonly<Partial<Record<EvidenceField, string>>>;
  /** Of the disputed payment. */
  readonly device?: Pick<PaymentIdentity, "deviceId" | "deviceFingerprint">;
  /** By the id of an earlier payment. */
  readonly earlier?: Readonly<Record<string, PaymentIdentity>>;
  /** Whatever else there is to say. */
  readonly text?: string;
}

/** Two earlier payments of the same card, 120 to 365 days before the disputed one: Visa's Compelling Evidence 3.0. */
export interface CompellingEvidence {
  readonly disputed: PaymentIdentity;
  readonly earlier: readonly [EarlierPayment, EarlierPayment];
  /** What is the same in all three. */
  readonly matching: readonly (keyof PaymentIdentity)[];
  /** Whether that is enough: two, one of them an address or a device. */
  readonly complete: boolean;
}

/** The evidence about a dispute, and what is missing of it. */
export interface DisputeEvidence {
  readonly dispute: Dispute;
  readonly fields: Readonly<Partial<Record<EvidenceField | "text", string>>>;
  /** What is neither held nor given. */
  readonly missing: readonly EvidenceField[];
  /** `null`: Visa's rules don't apply, or there are no two such payments. */
  readonly compelling: CompellingEvidence | null;
}
