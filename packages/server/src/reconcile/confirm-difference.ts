import {
  type ComparedSubscription,
  type FoundDifference,
  type FoundSubscription,
  findDifference,
  type IsoTime,
  type ProviderRead,
} from "@tollgate/core";
import type { RunningReconcile } from "./reconcile-run.js";

/** A difference between one moment's store and the provider's truth at that moment. */
export interface ConfirmedDifference extends ComparedSubscription {
  readonly subscriptionId: string;
  readonly difference: FoundDifference;
  /** Of the stored record; `null` when there is none. */
  readonly revision: string | null;
  readonly asOf: IsoTime;
}

/** A record that changes at every look is alive: its webhooks arrive. */
const looks = 4;

/**
 * Compares one subscription, so that a difference really is one: if the record was saved while the provider was being
 * read, a webhook has overtaken the read, and both are read again. `null` where they agree.
 *
 * @param listed What a page of the provider's list said: enough for what is not stored at all.
 */
export async function confirmDifference(
  { context, pace }: RunningReconcile,
  subscriptionId: string,
  listed: ProviderRead<FoundSubscription> | null,
): Promise<ConfirmedDifference | null> {
  const { provider, store } = context;
  for (let look = 0; look < looks; look += 1) {
    const before = await store.findStoredSubscription(subscriptionId, provider.id);
    // A record is never deleted, so there was none when the page was read.
    const isListed = before === null && listed !== null && listed.value.state !== "unreadable";
    const ref = {
      id: subscriptionId,
      providerCustomerId: (before?.subscription ?? listed?.value.customer)?.providerCustomerId ?? null,
    };
    const read = isListed ? listed : await pace(() => provider.subscriptions.inspect(ref));
    const after = isListed ? before : await store.findStoredSubscription(subscriptionId, provider.id);
    if (before?.revision !== after?.revision) continue;
    const { value: actual, asOf } = read;
    const customer = actual?.customer.providerCustomerId ?? before?.subscription.providerCustomerId;
    const link = customer === undefined ? null : await store.findCustomerByProviderId(customer, provider.id);
    const ownerId = link?.customerId ?? null;
    const stored = before?.subscription ?? null;
    const compared = { stored, written: before?.written, actual, ownerId };
    const difference = findDifference(compared);
    if (difference === null) return null;
    return { ...compared, subscriptionId, difference, revision: before?.revision ?? null, asOf };
  }
  return null;
}
