import { BillingError, type ProviderInvoices } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { type Account, listAccounts } from "../customers/list-accounts.js";

/** Somebody as a provider knows them that tells what it billed. */
export interface InvoiceAccount extends Account {
  readonly invoices: ProviderInvoices;
}

/**
 * The accounts of a customer that have invoices; none: nothing was billed yet.
 *
 * @throws BillingError `not_supported` where nobody who bills them, or would, tells
 */
export async function listInvoiceAccounts(
  everyone: BillingContext,
  customerId: string,
): Promise<readonly InvoiceAccount[]> {
  const accounts = await listAccounts(everyone, customerId);
  const able = accounts.flatMap((one) => {
    const { invoices } = one.context.provider;
    return invoices === undefined ? [] : [{ ...one, invoices }];
  });
  const isUnable = accounts.length > 0 ? able.length === 0 : everyone.provider.invoices === undefined;
  if (isUnable) throw invoicesNotSupported(everyone.provider.id, "list invoices");
  return able;
}

export function invoicesNotSupported(provider: string, what: string): BillingError {
  const details = { provider };
  return new BillingError("not_supported", `The payment provider can't ${what} by API.`, { details });
}
