import {
  BillingError,
  type PaymentBooks,
  type PaymentOf,
  type ProviderRefunds,
  type RefundablePayment,
  refundableOf,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { atEachProvider } from "../context/providers.js";

/**
 * Which payment: what a customer paid for an invoice (`in_…`, of `payment.succeeded` say), or for a product that they
 * bought once (`cs_…`, the `checkoutId` of `product.purchased`). Ids are the provider's, the customer's is your own.
 */
export type PaymentChoice = { readonly customerId: string } & PaymentOf;

/** A payment's books, with what is left of it. */
export interface RefundPayment extends PaymentBooks {
  readonly provider: string;
  /** What can still be refunded, in minor units. */
  readonly refundable: number;
}

/** A payment, and who took it. */
interface FoundPayment extends RefundablePayment {
  readonly provider: string;
  readonly port: ProviderRefunds;
}

/** @throws BillingError `not_found` for what is nobody's, or somebody else's; `not_supported` */
export async function findPayment(everyone: BillingContext, choice: PaymentChoice): Promise<FoundPayment> {
  const able = atEachProvider(everyone).filter(({ provider }) => provider.refunds !== undefined);
  if (able.length === 0) throw new BillingError("not_supported", "The payment provider has no refunds.");
  for (const { store, provider } of able) {
    const port = provider.refunds;
    const found = (await port?.readPayment(toPaymentOf(choice))) ?? null;
    const payer = found?.books.providerCustomerId ?? null;
    if (port === undefined || found === null || payer === null) continue;
    const owner = await store.findCustomerByProviderId(payer, provider.id);
    if (owner?.customerId === choice.customerId) return { ...found, provider: provider.id, port };
  }
  throw new BillingError("not_found", "This customer has paid no such invoice or checkout.");
}

/** What the provider is asked for. */
export function toPaymentOf(choice: PaymentOf): PaymentOf {
  return "invoiceId" in choice ? { invoiceId: choice.invoiceId } : { checkoutId: choice.checkoutId };
}

export function describePayment({ books, provider }: FoundPayment): RefundPayment {
  return { ...books, provider, refundable: refundableOf(books) };
}
