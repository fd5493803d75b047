import { chooseSubscription, compareSubscription, type StoredSubscription } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { atProvider } from "../context/providers.js";
import { applyRead } from "../sync/apply-read.js";
import { endMissing } from "../sync/end-missing.js";

/** Which of a customer's subscriptions is meant. */
export interface SubscriptionChoice {
  /** Your own id of the customer. */
  readonly customerId: string;
  /** One with a plan of this group. @default the main plan's, or the only one */
  readonly group?: string | undefined;
}

/** A subscription that something is to be done about. */
export interface Managed {
  /** With the provider that bills it. */
  readonly context: BillingContext;
  readonly stored: StoredSubscription;
}

/**
 * The subscription that is meant, as its provider has it now: a webhook may be late, and somebody may have acted on the
 * provider's own pages. Nothing is written where the two agree, so that two clicks at once begin from the same revision.
 *
 * @throws BillingError `nothing_to_manage`, `provider_unavailable`, `provider_not_configured`, `store_unavailable`
 */
export async function readManaged(
  everyone: BillingContext,
  { customerId, group }: SubscriptionChoice,
): Promise<Managed> {
  const { store } = everyone;
  const chosen = chooseSubscription(await store.listSubscriptions(customerId), group);
  const context = atProvider(everyone, chosen.provider);
  return { context, stored: await readTruth(context, chosen.id) };
}

/** A stored subscription, brought up to date. */
export async function readTruth(context: BillingContext, id: string): Promise<StoredSubscription> {
  const { store, provider } = context;
  const stored = await findStored(context, id);
  const { subscription, written } = stored;
  const { value } = await provider.subscriptions.read(subscription);
  const isKnown =
    value !== null && value !== "foreign" && compareSubscription(subscription, value, written).length === 0;
  if (isKnown) return stored;
  const { customerId } = subscription;
  const outcome = await applyRead(context, { provider: provider.id, subscriptionId: id, customerId });
  // The same event however often this is tried: what has ended stays ended.
  if (outcome === "missing") await endMissing(context, subscription, `ending:${id}:ended`);
  await store.announceChanges();
  return findStored(context, id);
}

async function findStored({ store, provider }: BillingContext, id: string): Promise<StoredSubscription> {
  const stored = await store.findStoredSubscription(id, provider.id);
  if (stored === null) throw new Error("A subscription that was listed is not stored.");
  return stored;
}
