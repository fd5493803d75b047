import { BillingError } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { atProvider } from "../context/providers.js";
import { type ReadOutcome, type SubscriptionRead, saveRead } from "./save-read.js";
import { waitForTurn } from "./wait-for-turn.js";

/** Each attempt loses only to one that stored something meanwhile. */
const tries = 8;

/**
 * Reads a customer's subscription from the provider, outside any transaction, and applies it at once, as its webhook
 * will; the webhook then changes nothing. A read that was overtaken, even within the same second, is repeated.
 *
 * @param input.customerId whose it is, if it is not stored yet
 * @param input.providerCustomerId the provider's customer, as far as that is known and it is not stored yet
 * @throws BillingError `provider_unavailable`; `provider_not_configured`; `store_unavailable` when the record keeps changing
 */
export async function applyRead(
  context: BillingContext,
  input: {
    readonly provider: string;
    readonly subscriptionId: string;
    readonly customerId: string;
    readonly providerCustomerId?: string | null;
    readonly said?: SubscriptionRead["said"];
    readonly cause?: SubscriptionRead["cause"];
  },
): Promise<Exclude<ReadOutcome, "overtaken">> {
  const { subscriptionId, customerId, said, cause } = input;
  const { provider, store } = atProvider(context, input.provider);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const stored = await store.findStoredSubscription(subscriptionId, provider.id);
    const providerCustomerId = stored?.subscription.providerCustomerId ?? input.providerCustomerId ?? null;
    const read = await provider.subscriptions.read({ id: subscriptionId, providerCustomerId });
    const outcome = await saveRead(context, { read, stored, customerId, said, cause });
    if (outcome !== "overtaken") return outcome;
    await waitForTurn(attempt);
  }
  throw new BillingError("store_unavailable", "The subscription is changing too fast. Try again.");
}
