import type { CreditEntry } from "../language/credit.js";
import type { Currency, Money } from "../language/money.js";
import type { ProviderPage } from "./provider-subscriptions.js";

/** Where a customer's credit stands. */
export interface CreditAccount {
  /** The currency that they are bound to; `null`: none yet. */
  readonly currency: Currency | null;
  /** In minor units: above 0 it pays their next invoices, below 0 they owe it with the next one. */
  readonly balance: number;
}

/** What customers have to their credit, which their invoices use up before anything is charged. */
export interface ProviderCredit {
  /** @throws BillingError `customer_missing` when the customer was deleted */
  read(input: { readonly providerCustomerId: string }): Promise<CreditAccount>;
  /** The entries of the ledger, the newest first. */
  list(input: {
    readonly providerCustomerId: string;
    readonly after: string | null;
    readonly limit: number;
  }): Promise<ProviderPage<CreditEntry>>;
  /**
   * Adds to it, once for the same `reference`, however much time has passed.
   *
   * @param input.reference names this entry for good, and is left in it
   * @throws BillingError `currency_conflict` for another currency than the customer's; `invalid_idempotency_key` when
   * another amount was added under the reference; `customer_missing` when the customer was deleted
   */
  add(input: {
    readonly providerCustomerId: string;
    readonly money: Money;
    readonly description: string;
    readonly reference: string;
    readonly idempotencyKey: string;
  }): Promise<CreditEntry>;
}
