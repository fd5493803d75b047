import type { CheckoutRecord } from "../../language/checkout-record.js";

export interface CheckoutReads {
  /** Only if it is this customer's: somebody else's gives `null`, like a missing one. */
  findCheckout(id: string, customerId: string): Promise<CheckoutRecord | null>;
  /** The checkout of a slot whose first save was the latest, whatever its status and the clocks of the instances. */
  findLatestCheckout(customerId: string, slot: string): Promise<CheckoutRecord | null>;
  /** Those that were open when they were last saved, of all slots, oldest first. */
  listOpenCheckouts(customerId: string): Promise<readonly CheckoutRecord[]>;
  /** Those that offer a trial and may still give or have given it: all but expired ones, oldest first. */
  listTrialCheckouts(customerId: string): Promise<readonly CheckoutRecord[]>;
}

export interface CheckoutWrites {
  /** Inserts, or replaces the one with the same id. */
  saveCheckout(checkout: CheckoutRecord): Promise<void>;
}
