import { projectRead } from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";
import { enqueueCallbacks } from "./enqueue-callbacks.js";
import { withFreshRead } from "./with-fresh-read.js";

/**
 * Reads a customer's subscription from the provider and applies it at once, as its webhook will; the
 * webhook then changes nothing. `cause` names what made us read, for the ids of the callbacks.
 */
export async function applyRead(
  context: BillingContext,
  input: { readonly subscriptionId: string; readonly customerId: string; readonly cause: string },
): Promise<void> {
  const { subscriptionId, customerId, cause } = input;
  await withFreshRead(context, subscriptionId, async (tx, { read, current }) => {
    const { value: state, asOf } = read;
    if (state === null || state === "foreign") return;
    const owner = current?.customerId ?? customerId;
    const projection = projectRead({ state, asOf, current, customerId: owner, cause });
    if (projection.action !== "apply") return;
    await tx.saveSubscription(projection.subscription);
    await enqueueCallbacks(tx, context, projection.callbacks);
  });
}
