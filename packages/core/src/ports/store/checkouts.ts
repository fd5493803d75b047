import type { CheckoutRecord } from "../../language/checkout-record.js";
import type { Consent } from "../../language/consent.js";
import type { Purchase, PurchaseReturn } from "../../language/purchase.js";

/** What became of a checkout, according to the provider. */
export interface CheckoutOutcome {
  readonly id: string;
  readonly provider: string;
  readonly customerId: string;
  readonly status: Exclude<CheckoutRecord["status"], "open">;
  /** What was bought once by it; `null`: nothing, or its money is still on the way. */
  readonly purchase: Purchase | null;
  /** What was agreed to in it. @default nothing was asked */
  readonly consent?: Consent | null;
}

export interface CheckoutReads {
  /** Only if it is this customer's: somebody else's gives `null`, like a missing one. */
  findCheckout(id: string, customerId: string): Promise<CheckoutRecord | null>;
  /** The checkout of a slot whose first save was the latest, whatever its status and the clocks of the instances. */
  findLatestCheckout(customerId: string, slot: string): Promise<CheckoutRecord | null>;
  /** Those that were open when they were last saved, of all slots, oldest first. */
  listOpenCheckouts(customerId: string): Promise<readonly CheckoutRecord[]>;
  /** Those that offer a trial or an intro and may still give or have given it: all but expired ones, oldest first. */
  listTrialCheckouts(customerId: string): Promise<readonly CheckoutRecord[]>;
  /** What was bought once by a checkout. */
  findPurchase(checkoutId: string, provider: string): Promise<Purchase | null>;
  /** What was agreed to at a checkout, or at the latest one that a subscription was bought by; whoever has it now. */
  findConsent(of: {
    readonly provider: string;
    readonly bought: { readonly checkoutId: string } | { readonly subscriptionId: string };
  }): Promise<Consent | null>;
}

export interface CheckoutCommands {
  /**
   * Keeps a checkout that was created at the provider, if `decideOpening` says so: reads the slot's latest one and, where
   * this one offers a trial or an intro, the customer's subscriptions and the other checkouts that do. Answers the open record that is
   * kept; `null` when another one came first, and this one must be closed at the provider.
   *
   * A customer's checkouts change one after the other: of two at once, the second sees what the first wrote.
   *
   * @param known.after the id of the slot's latest checkout as it was known when this one was created
   * @param known.staysOpen providers that can't close a checkout. @default none
   */
  openCheckout(
    checkout: CheckoutRecord,
    known: { readonly after: string | null; readonly staysOpen?: readonly string[] },
  ): Promise<CheckoutRecord | null>;
  /**
   * Writes what became of a checkout of ours, as far as `decideCheckoutStatus` has it, and keeps what was bought once by
   * it, and what was agreed to, as `earlierConsent` has it: for good, and once per checkout. Said again it changes nothing; in turn with `openCheckout`. A checkout that is
   * not stored leaves no record.
   */
  settleCheckout(outcome: CheckoutOutcome): Promise<void>;
  /**
   * Writes what `decidePurchaseReturn` has of a purchase that is kept, with its callbacks; one that is not kept is left
   * alone. Said again it changes nothing.
   */
  returnPurchase(input: {
    readonly provider: string;
    readonly checkoutId: string;
    readonly found: PurchaseReturn;
    readonly isGone: boolean;
  }): Promise<void>;
}
