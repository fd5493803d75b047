import { BillingError, type CheckoutRecord, type ProviderCheckout, type Subscription } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { atProvider } from "../context/providers.js";
import { readTruth } from "../endings/read-managed.js";
import { resume } from "../endings/subscription-endings.js";
import { describeError } from "../log/logger.js";

/**
 * Does what follows from something to pay with that was saved without buying: renewals are charged to it, and a trial that
 * ended without any continues, which is paid at once. What is owed already is left to the provider's next attempt, or to
 * whoever pays it. Nothing is done for somebody who is being deleted.
 */
export async function settleSaving(
  everyone: BillingContext,
  { customerId, provider }: Pick<CheckoutRecord, "customerId" | "provider">,
  { status, providerCustomerId, paymentMethodId = null }: ProviderCheckout,
): Promise<void> {
  if (status !== "complete" || paymentMethodId === null || providerCustomerId === null) return;
  const context = atProvider(everyone, provider);
  const { store } = context;
  if (await store.isBeingDeleted(customerId)) return;
  if (!(await makeDefault(context, { providerCustomerId, paymentMethodId }))) return;
  for (const one of await store.listSubscriptions(customerId)) {
    if (one.provider === provider && (await isWaiting(context, one))) await resumeTrial(context, one);
  }
}

/** Not where it was taken away, or its customer deleted, since. */
async function makeDefault(
  { provider }: BillingContext,
  saved: { readonly providerCustomerId: string; readonly paymentMethodId: string },
): Promise<boolean> {
  try {
    await provider.paymentMethods?.setDefault(saved);
    return true;
  } catch (error) {
    const isGone = error instanceof BillingError && gone.has(error.code);
    if (isGone) return false;
    throw error;
  }
}

const gone: ReadonlySet<string> = new Set(["not_found", "customer_missing"]);

/** A trial may have ended without our having heard of it. */
async function isWaiting(context: BillingContext, known: Subscription): Promise<boolean> {
  const { status, trialEndsAt, id } = known;
  const isOver = trialEndsAt !== null && trialEndsAt <= context.clock().toISOString();
  if (status !== "paused" && !(status === "trialing" && isOver)) return false;
  const { subscription } = await readTruth(context, id);
  return subscription.status === "paused" && subscription.pause?.reason === "trial_ended";
}

/** What was saved is kept although its first payment fails: the trial stays paused, and its invoice can be paid. */
async function resumeTrial(context: BillingContext, { id, customerId, group }: Subscription): Promise<void> {
  try {
    await resume(context, { customerId, group });
  } catch (error) {
    if (!(error instanceof BillingError) || error.status >= 503) throw error;
    const fields = { subscriptionId: id, code: error.code, error: describeError(error) };
    context.logger.warn(fields, "A trial could not be resumed with what was saved for it");
  }
}
