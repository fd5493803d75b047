// The keys stay as they are: instances of two releases may run at once.

/**
 * The lock under which a provider's customer is linked, or found not to be: a link that is being made waits, so that it
 * never misses an event that is kept as unmatched.
 */
export function customerLock(provider: string, providerCustomerId: string): string {
  return `customer:${provider}:${providerCustomerId}`;
}

/** The lock under which a customer's checkout records change: one for all slots, because they share one trial. */
export function checkoutLock(customerId: string): string {
  return `checkout:${customerId}`;
}

/** The lock under which it is decided which of a customer's subscriptions are second ones. */
export function duplicatesLock(provider: string, customerId: string): string {
  return `duplicates:${provider}:${customerId}`;
}
