import { BillingError } from "@tollgate/core";
import { findMadeCustomer } from "../customers/find-made-customer.js";
import { forgetCustomer, isCustomerMissing } from "../customers/forget-customer.js";
import { checkReturnUrl } from "../http/check-return-url.js";
import { defineHandler } from "../http/define-handler.js";
import { findManaged } from "../portal/find-managed.js";
import { openFlow } from "../portal/open-flow.js";

/** POST /portal: the provider's own billing pages, opened where the person wants to act. */
export const postPortal = defineHandler("POST /portal", async ({ context, identity, input }) => {
  const returnUrl = checkReturnUrl(input.returnUrl ?? "/", context).href;
  const store = await context.openStore();
  const known = await store.findCustomer(identity.id, context.provider.id);
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

function notACustomer(): BillingError {
  return new BillingError("not_a_customer", "There is nothing to manage yet: buy a plan first.");
}
