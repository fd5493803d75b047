/**
 * The lock under which a provider's customer is linked, or found not to be: a link that is being made waits,
 * so that an event kept as unmatched is never missed by it.
 */
export function customerLock(provider: string, providerCustomerId: string): string {
  return `customer:${provider}:${providerCustomerId}`;
}

/**
 * The lock under which a customer's checkout records change: one for all slots, because there is one trial
 * for all of them.
 */
export function checkoutLock(customerId: string): string {
  return `checkout:${customerId}`;
}
