import { BillingError, isLive, type PortalFlow } from "@tollgate/core";
import { type PortalRequest, type PortalResponse, portalRequest } from "@tollgate/core/contract";
import type { BillingContext } from "../billing-context.js";
import { forgetCustomer, isCustomerMissing } from "../customers/forget-customer.js";
import { checkReturnUrl } from "../http/check-return-url.js";
import { defineHandler } from "../http/define-handler.js";

/** POST /portal: the provider's own billing pages, opened where the person wants to act. */
export const openPortal = defineHandler({
  input: portalRequest,
  role: "manager",
  limit: "sessions",
  run: async ({ context, identity, input }): Promise<PortalResponse> => {
    const returnUrl = checkReturnUrl(input.returnUrl ?? "/", context).href;
    const store = await context.openStore();
    const link = await store.findCustomer(identity.id, context.provider.id);
    if (link === null) throw notACustomer();
    const { providerCustomerId } = link;
    const flow = await toFlow(context, identity.id, input.flow);
    try {
      return await context.provider.createPortal({ providerCustomerId, returnUrl, ...(flow && { flow }) });
    } catch (error) {
      if (!isCustomerMissing(error)) throw error;
      await forgetCustomer(context, link);
      throw notACustomer();
    }
  },
});

function notACustomer(): BillingError {
  return new BillingError("not_a_customer", "There is nothing to manage yet: buy a plan first.");
}

async function toFlow(
  context: BillingContext,
  customerId: string,
  type: PortalRequest["flow"],
): Promise<PortalFlow | undefined> {
  if (type === undefined || type === "update_payment_method") return type && { type };
  const store = await context.openStore();
  const subscriptions = await store.listSubscriptions(customerId);
  const live = subscriptions.filter((one) => one.provider === context.provider.id && isLive(one));
  const subscription = live.find(({ group }) => group === "main") ?? live[0];
  if (subscription === undefined) {
    throw new BillingError("nothing_to_manage", "There is no running subscription.");
  }
  return { type, subscriptionId: subscription.id };
}
