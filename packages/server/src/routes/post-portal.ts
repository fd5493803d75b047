import { forgetCustomer, isCustomerMissing } from "../customers/forget-customer.js";
import { checkReturnUrl } from "../http/check-return-url.js";
import { findPortal, notACustomer } from "../portal/find-portal.js";
import { openFlow } from "../portal/open-flow.js";
import { defineHandler } from "./define-handler.js";

/** POST /portal: the provider's own billing pages, opened where the person wants to act. */
export const postPortal = defineHandler("POST /portal", async ({ parts, open, identity, input }) => {
  const returnUrl = checkReturnUrl(input.returnUrl ?? "/", parts).href;
  const { context, portal, link, managed } = await findPortal(await open(), identity, input.flow);
  const providerCustomerId = managed?.providerCustomerId ?? link.providerCustomerId;
  try {
    return await openFlow(context, { providerCustomerId, returnUrl, flow: input.flow, managed, portal });
  } catch (error) {
    if (!isCustomerMissing(error)) throw error;
    await forgetCustomer(context, { ...link, providerCustomerId });
    throw notACustomer();
  }
});
