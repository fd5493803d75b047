import {
  BillingError,
  isLive,
  type PortalFlow,
  type ProviderPortal,
  type Subscription,
} from "@tollgate/core";
import type { PortalRequest, PortalResponse } from "@tollgate/core/contract";
import type { BillingContext, CatalogContext } from "../context/billing-context.js";
import { applyRead } from "../sync/apply-read.js";
import { endMissing } from "../sync/end-missing.js";

type Flow = PortalRequest["flow"];

/**
 * Opens the provider's portal. A refusal may come from a subscription that ended, or was cancelled, while its webhook
 * is still on the way: what the provider has is read and applied at once.
 *
 * @param input.managed the subscription that the flow is about
 * @throws BillingError `nothing_to_manage`, `price_not_pushed`, `customer_missing`, `provider_rejected`
 */
export async function openFlow(
  context: CatalogContext,
  input: {
    readonly providerCustomerId: string;
    readonly returnUrl: string;
    readonly flow: Flow;
    readonly managed: Subscription | null;
    readonly portal: ProviderPortal;
  },
): Promise<PortalResponse> {
  const { providerCustomerId, returnUrl, managed, portal } = input;
  const flow = toPortalFlow(input.flow, managed, portal);
  const open = () => portal.open({ providerCustomerId, returnUrl, ...(flow && { flow }) }, context.catalog);
  try {
    return await open();
  } catch (error) {
    const refused = error instanceof BillingError && error.code === "provider_rejected";
    if (!refused || managed === null) throw error;
    await explainRefusal(context, managed, input.flow);
    // What it was refused for is so no more: cancelled and resumed by another click, say.
    return open();
  }
}

function toPortalFlow(
  type: Flow,
  managed: Subscription | null,
  { updatesPaymentMethod }: ProviderPortal,
): PortalFlow | undefined {
  // From the start page a card can be replaced anyway.
  if (type === "update_payment_method") return updatesPaymentMethod ? { type } : undefined;
  return type && managed ? { type, subscriptionId: managed.id } : undefined;
}

/** Throws if the refusal has a reason that the person can understand. */
async function explainRefusal(context: BillingContext, managed: Subscription, flow: Flow): Promise<void> {
  const truth = await applyTruth(context, managed);
  if (truth === null || !isLive(truth)) {
    throw new BillingError("nothing_to_manage", "The subscription has ended.");
  }
  // Stripe doesn't open a page to cancel what is "already set to be canceled".
  if (flow === "cancel" && truth.cancelAt !== null) {
    throw new BillingError("nothing_to_manage", "The subscription is cancelled already.", {
      details: { cancelAt: truth.cancelAt },
    });
  }
}

async function applyTruth(
  context: BillingContext,
  { id, provider, customerId }: Subscription,
): Promise<Subscription | null> {
  const { store } = context;
  const outcome = await applyRead(context, { provider, subscriptionId: id, customerId });
  const stored = await store.findSubscription(id, provider);
  if (outcome !== "missing") return stored;
  // The same event however often this is tried: what has ended stays ended.
  if (stored !== null) await endMissing(context, stored, `portal:${id}:ended`);
  return null;
}
