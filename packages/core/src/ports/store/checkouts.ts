import type { IsoTime } from "../../time.js";

/** A checkout that we opened; `status` is what we last knew. */
export interface CheckoutRecord {
  readonly id: string;
  readonly provider: string;
  readonly customerId: string;
  /** What may be open only once per customer: `plan:main`, or `product:credits`. */
  readonly slot: string;
  /** A digest of everything that was asked for; the same one means the same checkout may be reused. */
  readonly fingerprint: string;
  readonly status: "open" | "complete" | "expired";
  readonly url: string | null;
  readonly expiresAt: IsoTime;
  readonly createdAt: IsoTime;
  /** How many days of trial it offers; there is one trial per customer, so there is one such checkout. */
  readonly trialDays: number;
}

export interface CheckoutReads {
  /** Only if it is this customer's: somebody else's is `null`, like a missing one. */
  findCheckout(id: string, customerId: string): Promise<CheckoutRecord | null>;
  /** The checkout of a slot that was first saved last, whatever its status and the clocks of the instances. */
  findLatestCheckout(customerId: string, slot: string): Promise<CheckoutRecord | null>;
  /** Those that offer a trial and may still give or have given it: all but expired ones, oldest first. */
  listTrialCheckouts(customerId: string): Promise<readonly CheckoutRecord[]>;
}

export interface CheckoutWrites {
  /** Inserts, or replaces the one of the same id. */
  saveCheckout(checkout: CheckoutRecord): Promise<void>;
}
