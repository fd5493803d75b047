import type { SavedPaymentMethod } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { checkCustomerId } from "../customers/billing-customers.js";
import {
  addPaymentMethod,
  listPaymentMethods,
  type PaymentMethodChoice,
  removePaymentMethod,
  setDefaultPaymentMethod,
} from "./change-payment-methods.js";

/** What customers have on file to pay with; called by your own server code. Nothing of it is stored here. */
export interface BillingPaymentMethods {
  /**
   * What is on file, the newest first, as the provider has it now: a card that its network renewed has its new date.
   *
   * @throws BillingError `not_supported`; `invalid_customer_id`, `provider_unavailable`, `provider_rejected`,
   * `store_unavailable`
   * @example
   * const methods = await billing.paymentMethods.list({ customerId: "org_1" });
   * const charged = methods.find(({ isDefault }) => isDefault); // { brand: "visa", last4: "4242", expiresAt: … }
   */
  readonly list: (choice: { readonly customerId: string }) => Promise<readonly SavedPaymentMethod[]>;
  /**
   * Prepares for another one: the browser enters and confirms it with the secret. It is on file then, and renewals are not
   * charged to it until it is made the default.
   *
   * @throws BillingError `not_a_customer` (409) for somebody whom the provider does not know; and as `list`
   * @example
   * const { clientSecret } = await billing.paymentMethods.add({ customerId: "org_1" });
   */
  readonly add: (choice: { readonly customerId: string }) => Promise<{ readonly clientSecret: string }>;
  /**
   * Charges renewals to it, those of running subscriptions that name another one, too.
   *
   * @returns what is on file then
   * @throws BillingError `not_found` (404, also for somebody else's; then nothing is written); and as `list`
   * @example
   * await billing.paymentMethods.setDefault({ customerId: "org_1", paymentMethodId: "pm_1" });
   */
  readonly setDefault: (choice: PaymentMethodChoice) => Promise<readonly SavedPaymentMethod[]>;
  /**
   * Takes one away. Where a subscription would be charged to it, another that is on file takes its place: the default one,
   * otherwise the newest that has not run out.
   *
   * @returns what is on file then
   * @throws BillingError `payment_method_in_use` (409) where there is no other: add one first, or cancel the subscription;
   * `not_found`; and as `list`
   * @example
   * await billing.paymentMethods.remove({ customerId: "org_1", paymentMethodId: "pm_1" });
   */
  readonly remove: (choice: PaymentMethodChoice) => Promise<readonly SavedPaymentMethod[]>;
}

/** The ways of paying as `billing.paymentMethods`. */
export function createPaymentMethods({
  open,
  checkCredentials,
}: {
  readonly open: () => Promise<BillingContext>;
  /** @throws BillingError `invalid_options` where production lacks a credential */
  readonly checkCredentials: () => void;
}): BillingPaymentMethods {
  const ready = async ({ customerId }: { readonly customerId: string }) => {
    checkCredentials();
    checkCustomerId(customerId);
    return open();
  };
  return {
    list: async (choice) => listPaymentMethods(await ready(choice), choice.customerId),
    add: async (choice) => addPaymentMethod(await ready(choice), choice.customerId),
    setDefault: async (choice) => setDefaultPaymentMethod(await ready(choice), choice),
    remove: async (choice) => removePaymentMethod(await ready(choice), choice),
  };
}
