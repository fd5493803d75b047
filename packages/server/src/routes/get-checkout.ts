import { BillingError } from "@tollgate/core";
import type { CheckoutStatusResponse } from "@tollgate/core/contract";
import { settleCheckout } from "../checkouts/settle-checkout.js";
import type { BillingContext } from "../context/billing-context.js";
import type { Identity } from "../context/identity.js";
import { defineHandler } from "../http/define-handler.js";
import { respondWithEdgeToken } from "../http/respond-with-edge-token.js";

/** GET /checkout/:id: settles the checkout by what the provider says, and tells the access that follows at once. */
export const getCheckout = defineHandler("GET /checkout/:id", async ({ context, identity, params }) => {
  const body = await settleOwnCheckout(context, identity, params.id);
  if (context.signEdgeToken === null) return body;
  return respondWithEdgeToken(context, await context.access.decide(identity), body);
});

/**
 * Somebody else's checkout is not found, like a missing one.
 *
 * @throws BillingError `checkout_not_found`
 */
export async function settleOwnCheckout(
  context: BillingContext,
  identity: Identity,
  id: string,
): Promise<CheckoutStatusResponse> {
  const store = await context.openStore();
  const record = /^[\w-]{1,255}$/.test(id) ? await store.findCheckout(id, identity.id) : null;
  if (record === null || record.provider !== context.provider.id) {
    throw new BillingError("checkout_not_found", "There is no such checkout.");
  }
  const { status, payment } = await settleCheckout(context, record);
  const access = await context.access.refresh(identity);
  return { id, status, payment, access: access.state };
}
