import { BillingError, decideExpiring, type Job, withExpiring } from "@tollgate/core";
import { atProvider } from "../context/providers.js";
import { waitForTurn } from "../sync/wait-for-turn.js";
import type { DunningContext } from "./tell-dunning.js";

/** Each attempt loses only to one that stored something meanwhile. */
const tries = 8;

/** Looks at what a renewal will be charged to, and tells that it runs out: with the note that it was told, in one write. */
export async function checkCard(
  everyone: DunningContext,
  { provider, subscriptionId: id }: Extract<Job, { type: "check_card" }>,
): Promise<void> {
  // Another instance, of another release, may have that provider.
  if (everyone.providers.find(provider) === null) return;
  const context = atProvider(everyone, provider);
  const { store } = context;
  const known = await store.findSubscription(id, provider);
  if (known === null) return;
  const { subscriptions } = context.provider;
  const method = await subscriptions.readPaymentMethod?.({
    id,
    providerCustomerId: known.providerCustomerId,
  });
  for (let attempt = 0; method && attempt < tries; attempt += 1) {
    const stored = await store.findStoredSubscription(id, provider);
    const { updateUrl } = context.dunning;
    const data = stored && decideExpiring({ subscription: stored.subscription, method, updateUrl });
    if (stored === null || data === null) return;
    const outcome = await store.saveSubscription({
      subscription: withExpiring(stored.subscription, method),
      expectedRevision: stored.revision,
      callbacks: [
        {
          id: `${method.id}:payment_method.expiring:${data.expiresAt}`,
          type: "payment_method.expiring",
          data,
        },
      ],
      jobs: [],
    });
    if (outcome === "saved") return;
    await waitForTurn(attempt);
  }
  if (method)
    throw new BillingError("store_unavailable", "The subscription is changing too fast. Try again.");
}
