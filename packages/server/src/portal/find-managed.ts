import { BillingError, holdsGroup, isLive, type Subscription } from "@tollgate/core";
import type { PortalRequest } from "@tollgate/core/contract";
import type { BillingContext } from "../context/billing-context.js";

/**
 * The subscription that a person means who wants to cancel or to switch; `null` where none is needed.
 *
 * @throws BillingError `nothing_to_manage`
 */
export async function findManaged(
  context: BillingContext,
  customerId: string,
  flow: PortalRequest["flow"],
): Promise<Subscription | null> {
  if (flow === undefined || flow === "update_payment_method") return null;
  const store = await context.openStore();
  const subscriptions = await store.listSubscriptions(customerId);
  const live = subscriptions.filter((one) => one.provider === context.provider.id && isLive(one));
  const managed = live.find((one) => holdsGroup(one, "main")) ?? live[0];
  if (managed !== undefined) return managed;
  throw new BillingError("nothing_to_manage", "There is no running subscription.");
}
