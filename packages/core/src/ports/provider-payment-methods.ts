import type { Currency } from "../language/money.js";
import type { SavedPaymentMethod } from "../language/payment-method.js";
import type { PaymentMethodRemoval } from "../payment-methods/decide-removal.js";
import type { OpenCheckoutInput, ProviderCheckout } from "./provider-checkout.js";

interface PaymentMethodCall {
  readonly providerCustomerId: string;
}

/** What a checkout that buys nothing is opened with. */
export interface OpenSavingInput
  extends Pick<
    OpenCheckoutInput,
    "kind" | "customerId" | "providerCustomerId" | "database" | "successUrl" | "cancelUrl" | "idempotencyKey"
  > {
  /** What can be saved depends on it. */
  readonly currency: Currency;
}

/** What customers have on file to pay with. */
export interface ProviderPaymentMethods {
  /**
   * What is kept for a customer, the newest first; never what was only used once. None for a customer that the provider
   * does not have.
   */
  list(input: PaymentMethodCall): Promise<readonly SavedPaymentMethod[]>;

  /**
   * Prepares for another one, which the browser enters and confirms. It is then kept, and is not the default.
   *
   * @throws BillingError `customer_missing` when the customer was deleted
   */
  add(input: PaymentMethodCall): Promise<{ readonly clientSecret: string }>;

  /**
   * Opens a checkout, of one of the checkouts' `kinds`, in which something to pay with is saved and nothing is bought. It is
   * read and closed like any other, and says what was saved in it; that is kept, and is not the default. Absent: there is
   * none.
   *
   * @throws BillingError `customer_missing` when the customer was deleted
   */
  openCheckout?(input: OpenSavingInput): Promise<ProviderCheckout>;

  /**
   * Makes it what renewals are charged to: those of running subscriptions that name another one, too. Nothing is written
   * where it is not the customer's.
   *
   * @throws BillingError `not_found` when it is not, or any more, on file for this customer
   */
  setDefault(input: PaymentMethodCall & { readonly paymentMethodId: string }): Promise<void>;

  /**
   * Makes what a bought subscription is charged to the customer's default, too, where that is another one: what is billed
   * later must not try the old one first. Subscriptions that name their own keep it. Nothing where the subscription names
   * none, or the customer has no default or is gone. Absent: the provider does so itself.
   */
  replaceDefault?(input: PaymentMethodCall & { readonly subscriptionId: string }): Promise<void>;

  /**
   * Takes one away, after its successor has its place. Called again, after a crash between any two steps, it does what is
   * left.
   *
   * @throws BillingError `not_found` as `setDefault`
   */
  remove(input: PaymentMethodCall & { readonly removal: PaymentMethodRemoval }): Promise<void>;
}
