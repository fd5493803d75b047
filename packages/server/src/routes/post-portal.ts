import { BillingError, type BillingProvider, holdsGroup, isLive, type Subscription } from "@tollgate/core";
import type { PortalRequest } from "@tollgate/core/contract";
import type { BillingContext } from "../context/billing-context.js";
import { findMadeCustomer } from "../customers/find-made-customer.js";
import { forgetCustomer, isCustomerMissing } from "../customers/forget-customer.js";
import { checkReturnUrl } from "../http/check-return-url.js";
import { openFlow } from "../portal/open-flow.js";
import { defineHandler } from "./define-handler.js";

/** POST /portal: the provider's own billing pages, opened where the person wants to act. */
export const postPortal = defineHandler("POST /portal", async ({ parts, open, identity, input }) => {
  const returnUrl = checkReturnUrl(input.returnUrl ?? "/", parts).href;
  const context = await open();
  checkSupported(context.provider, input.flow);
  const known = await context.store.findCustomer(identity.id, context.provider.id);
  const link = known ?? (await findMadeCustomer(context, identity));
  if (link === null) throw notACustomer();
  const managed = await findManaged(context, identity.id, input.flow);
  const providerCustomerId = managed?.providerCustomerId ?? link.providerCustomerId;
  try {
    return await openFlow(context, { providerCustomerId, returnUrl, flow: input.flow, managed });
  } catch (error) {
    if (!isCustomerMissing(error)) throw error;
    await forgetCustomer(context, { ...link, providerCustomerId });
    throw notACustomer();
  }
});

/** @throws BillingError `not_supported`: it is never offered, but a page may be older than the provider that sells now */
function checkSupported({ id, portal }: BillingProvider, flow: PortalRequest["flow"]): void {
  const isLacking = (flow === "cancel" && !portal.cancels) || (flow === "switch_plan" && !portal.switches);
  if (!isLacking) return;
  throw new BillingError("not_supported", "This can't be done on the payment provider's pages.", {
    details: { provider: id, flow },
  });
}

/**
 * The subscription meant by a person who wants to cancel or to switch; `null` where none is needed.
 *
 * @throws BillingError `nothing_to_manage`
 */
async function findManaged(
  context: BillingContext,
  customerId: string,
  flow: PortalRequest["flow"],
): Promise<Subscription | null> {
  if (flow === undefined || flow === "update_payment_method") return null;
  const { store } = context;
  const subscriptions = await store.listSubscriptions(customerId);
  const live = subscriptions.filter((one) => one.provider === context.provider.id && isLive(one));
  const managed = live.find((one) => holdsGroup(one, "main")) ?? live[0];
  if (managed !== undefined) return managed;
  throw new BillingError("nothing_to_manage", "There is no running subscription.");
}

function notACustomer(): BillingError {
  return new BillingError("not_a_customer", "There is nothing to manage yet: buy a plan first.");
}
