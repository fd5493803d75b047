import type { Job } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { atProvider } from "../context/providers.js";

/** Lets what a plan was bought with take the place of the customer's default, at a provider that leaves that to us. */
export async function replaceDefaultMethod(
  everyone: BillingContext,
  { provider, providerCustomerId, subscriptionId }: Extract<Job, { type: "replace_default" }>,
): Promise<void> {
  // Another instance, of another release, may have that provider.
  if (everyone.providers.find(provider) === null) return;
  const { paymentMethods } = atProvider(everyone, provider).provider;
  await paymentMethods?.replaceDefault?.({ providerCustomerId, subscriptionId });
}
