import type { Money } from "../language/money.js";
import type { InvoicePayment } from "./provider-invoices.js";

/** What became of a charge, with the invoice that it was made by. */
export interface ProviderCharge {
  readonly invoiceId: string;
  /** `requires_payment_method`: nothing is on file; like `declined`, it left nothing to be paid. */
  readonly payment: InvoicePayment;
}

/** Charges for what is in no catalog, each by an invoice of its own. */
export interface ProviderCharges {
  /**
   * Charges what is on file, after the customer's credit, while nobody needs to be there; once for the same `reference`,
   * however much time has passed and whatever crashed between any two steps.
   *
   * @param input.reference names this charge for good, and is left in its invoice
   * @throws BillingError `currency_conflict` for another currency than the customer's; `invalid_idempotency_key` when
   * something else was charged under the reference; `customer_missing` when the customer was deleted
   */
  create(input: {
    readonly providerCustomerId: string;
    readonly money: Money;
    readonly description: string;
    readonly reference: string;
    readonly idempotencyKey: string;
  }): Promise<ProviderCharge>;

  /**
   * Voids the invoice of a charge that its customer did not confirm. What was paid, or is on its way, stays.
   *
   * @returns how it stands: `declined` once it is void
   */
  withdraw?(input: {
    readonly invoiceId: string;
    readonly providerCustomerId: string;
  }): Promise<InvoicePayment>;
}
