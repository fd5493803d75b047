import {
  BillingError,
  decideRemoval,
  type ProviderPaymentMethods,
  type SavedPaymentMethod,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { type Account, askAbout, listAccounts } from "../customers/list-accounts.js";
import { notACustomer } from "../portal/find-portal.js";

/** Which of a customer's ways of paying is meant. */
export interface PaymentMethodChoice {
  readonly customerId: string;
  readonly paymentMethodId: string;
}

interface MethodsAccount extends Account {
  readonly methods: ProviderPaymentMethods;
}

/** All that a customer has on file, as whom they are billed first. */
export async function listPaymentMethods(
  everyone: BillingContext,
  customerId: string,
): Promise<readonly SavedPaymentMethod[]> {
  const found: SavedPaymentMethod[] = [];
  for (const one of await listMethodsAccounts(everyone, customerId)) found.push(...(await listOf(one)));
  return found;
}

/** @throws BillingError `not_a_customer`, `not_supported` */
export async function addPaymentMethod(
  everyone: BillingContext,
  customerId: string,
): Promise<{ readonly clientSecret: string }> {
  const [account] = await listMethodsAccounts(everyone, customerId);
  if (account === undefined) throw notACustomer();
  const { providerCustomerId } = account.link;
  const added = await askAbout(account, account.methods.add({ providerCustomerId }), null);
  if (added === null) throw notACustomer();
  return added;
}

/** @throws BillingError `not_found`, `not_supported` */
export async function setDefaultPaymentMethod(
  everyone: BillingContext,
  { customerId, paymentMethodId }: PaymentMethodChoice,
): Promise<readonly SavedPaymentMethod[]> {
  const { account } = await findAccountOf(everyone, customerId, paymentMethodId);
  const { providerCustomerId } = account.link;
  await account.methods.setDefault({ providerCustomerId, paymentMethodId });
  return listPaymentMethods(everyone, customerId);
}

/** @throws BillingError `not_found`, `payment_method_in_use`, `not_supported` */
export async function removePaymentMethod(
  everyone: BillingContext,
  { customerId, paymentMethodId: id }: PaymentMethodChoice,
): Promise<readonly SavedPaymentMethod[]> {
  const { account, methods } = await findAccountOf(everyone, customerId, id);
  const removal = decideRemoval({ methods, id, now: everyone.clock() });
  await account.methods.remove({ providerCustomerId: account.link.providerCustomerId, removal });
  return listPaymentMethods(everyone, customerId);
}

/** Somebody else's is not found, like a missing one: it is not in the list. */
async function findAccountOf(everyone: BillingContext, customerId: string, id: string) {
  for (const account of await listMethodsAccounts(everyone, customerId)) {
    const methods = await listOf(account);
    if (methods.some((one) => one.id === id)) return { account, methods };
  }
  throw new BillingError("not_found", "There is no such payment method.");
}

async function listOf(account: MethodsAccount): Promise<readonly SavedPaymentMethod[]> {
  return account.methods.list({ providerCustomerId: account.link.providerCustomerId });
}

async function listMethodsAccounts(
  everyone: BillingContext,
  customerId: string,
): Promise<readonly MethodsAccount[]> {
  const accounts = await listAccounts(everyone, customerId);
  const able = accounts.flatMap((one) => {
    const methods = one.context.provider.paymentMethods;
    return methods === undefined ? [] : [{ ...one, methods }];
  });
  const isUnable = accounts.length > 0 ? able.length === 0 : everyone.provider.paymentMethods === undefined;
  if (!isUnable) return able;
  const details = { provider: (accounts[0]?.context ?? everyone).provider.id };
  throw new BillingError("not_supported", "The payment provider keeps ways of paying to itself.", {
    details,
  });
}
