import type { PortalRequest, PortalResponse } from "@tollgate/core/contract";
import type { Identity } from "../context/identity.js";
import { forgetCustomer, isCustomerMissing } from "../customers/forget-customer.js";
import { checkReturnUrl } from "../http/check-return-url.js";
import { findPortal, notACustomer } from "../portal/find-portal.js";
import { openFlow } from "../portal/open-flow.js";
import { defineHandler, type RouteContext } from "./define-handler.js";

/** POST /portal: the provider's own billing pages, opened where the person wants to act. */
export const postPortal = defineHandler("POST /portal", async ({ parts, open, identity, input }) => {
  const returnUrl = checkReturnUrl(input.returnUrl ?? "/", parts).href;
  return openPortal(await open(), identity, { returnUrl, flow: input.flow });
});

/**
 * @param input.returnUrl absolute
 * @throws BillingError `not_a_customer`, and whatever `findPortal` and `openFlow` throw
 */
export async function openPortal(
  everyone: RouteContext,
  identity: Identity,
  { returnUrl, flow }: { readonly returnUrl: string; readonly flow: PortalRequest["flow"] },
): Promise<PortalResponse> {
  const { context, portal, link, managed } = await findPortal(everyone, identity, flow);
  const providerCustomerId = managed?.providerCustomerId ?? link.providerCustomerId;
  try {
    return await openFlow(context, { providerCustomerId, returnUrl, flow, managed, portal });
  } catch (error) {
    if (!isCustomerMissing(error)) throw error;
    await forgetCustomer(context, { ...link, providerCustomerId });
    throw notACustomer();
  }
}
