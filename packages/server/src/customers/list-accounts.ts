import type { StoredCustomer } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { atProvider } from "../context/providers.js";
import { findAccount, listRunning } from "./find-account.js";
import { forgetCustomer, isCustomerMissing } from "./forget-customer.js";

/** Somebody as one provider knows them. */
export interface Account {
  /** With that provider. */
  readonly context: BillingContext;
  readonly link: StoredCustomer;
}

/** As whom a customer is known to each provider that is configured: first as whom they are billed. */
export async function listAccounts(
  everyone: BillingContext,
  customerId: string,
): Promise<readonly Account[]> {
  const { store, providers } = everyone;
  const first = await findAccount(everyone, customerId, await listRunning(everyone, customerId));
  if (first === null) return [];
  const others: StoredCustomer[] = [];
  for (const id of providers.ids) {
    const link = id === first.provider ? null : await store.findCustomer(customerId, id);
    if (link !== null) others.push(link);
  }
  return [first, ...others].map((link) => ({ context: atProvider(everyone, link.provider), link }));
}

/**
 * Asks about an account. Where it turns out that it was deleted at the provider, that is made history, and the answer is
 * that of somebody without an account.
 */
export async function askAbout<T>({ context, link }: Account, ask: Promise<T>, none: T): Promise<T> {
  try {
    return await ask;
  } catch (error) {
    if (!isCustomerMissing(error)) throw error;
    await forgetCustomer(context, link);
    return none;
  }
}
