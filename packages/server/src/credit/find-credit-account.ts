import { BillingError, type CreditAccount, type ProviderCredit } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { askAbout, listAccounts } from "../customers/list-accounts.js";

/** Somebody's credit, at whoever bills them. */
interface FoundCredit extends CreditAccount {
  /** With that provider. */
  readonly context: BillingContext;
  readonly credit: ProviderCredit;
  readonly providerCustomerId: string;
}

/**
 * @returns `null` for somebody whom no provider knows
 * @throws BillingError `not_supported`
 */
export async function findCreditAccount(
  everyone: BillingContext,
  customerId: string,
): Promise<FoundCredit | null> {
  const [account] = await listAccounts(everyone, customerId);
  const context = account?.context ?? everyone;
  const { id, credit } = context.provider;
  if (credit === undefined) {
    const details = { provider: id };
    throw new BillingError("not_supported", "The payment provider keeps no credit of customers.", {
      details,
    });
  }
  if (account === undefined) return null;
  const { providerCustomerId } = account.link;
  const read = await askAbout(account, credit.read({ providerCustomerId }), null);
  return read && { ...read, context, credit, providerCustomerId };
}
