import {
  BillingError,
  type PaymentBooks,
  type ProviderRefunds,
  type RefundablePayment,
  refundableOf,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { atEachProvider } from "../context/providers.js";

/** Which payment: what a customer paid for an invoice. */
export interface PaymentChoice {
  /** Your own id of the customer. */
  readonly customerId: string;
  /** The provider's id of the invoice: `in_…`, of `payment.succeeded` say. */
  readonly invoiceId: string;
}

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

/** @throws BillingError `not_found` for an invoice of nobody, or of somebody else; `not_supported` */
export async function findPayment(everyone: BillingContext, choice: PaymentChoice): Promise<FoundPayment> {
  const able = atEachProvider(everyone).filter(({ provider }) => provider.refunds !== undefined);
  if (able.length === 0) throw new BillingError("not_supported", "The payment provider has no refunds.");
  for (const { store, provider } of able) {
    const port = provider.refunds;
    const found = (await port?.readPayment(choice.invoiceId)) ?? null;
    const payer = found?.books.providerCustomerId ?? null;
    if (port === undefined || found === null || payer === null) continue;
    const owner = await store.findCustomerByProviderId(payer, provider.id);
    if (owner?.customerId === choice.customerId) return { ...found, provider: provider.id, port };
  }
  throw new BillingError("not_found", "This customer has no such invoice.");
}

export function describePayment({ books, provider }: FoundPayment): RefundPayment {
  return { ...books, provider, refundable: refundableOf(books) };
}
