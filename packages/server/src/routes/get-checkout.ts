import { BillingError } from "@tollgate/core";
import type { CheckoutStatusResponse } from "@tollgate/core/contract";
import type { AccessReader } from "../access/access-reader.js";
import { settleCheckout } from "../checkouts/settle-checkout.js";
import type { BillingContext } from "../context/billing-context.js";
import type { Identity } from "../context/identity.js";
import { defineHandler } from "./define-handler.js";
import { respondWithEdgeToken } from "./respond-with-edge-token.js";

/**
 * GET /checkout/:id: settles the checkout by what the provider says, and answers at once with the access that follows.
 */
export const getCheckout = defineHandler("GET /checkout/:id", async ({ parts, open, identity, params }) => {
  const { access, signEdgeToken } = parts;
  const body = await settleOwnCheckout(await open(), access, identity, params.id);
  if (signEdgeToken === null) return body;
  return respondWithEdgeToken(parts, await access.decide(identity), body);
});

/**
 * Somebody else's checkout is not found, like a missing one.
 *
 * @throws BillingError `checkout_not_found`, `provider_not_configured`
 */
export async function settleOwnCheckout(
  context: BillingContext,
  reader: AccessReader,
  identity: Identity,
  id: string,
): Promise<CheckoutStatusResponse> {
  const { store } = context;
  const record = /^[\w-]{1,255}$/.test(id) ? await store.findCheckout(id, identity.id) : null;
  if (record === null) throw new BillingError("checkout_not_found", "There is no such checkout.");
  const { status, payment } = await settleCheckout(context, record);
  const access = await reader.refresh(identity);
  return { id, status, payment, access: access.state };
}
