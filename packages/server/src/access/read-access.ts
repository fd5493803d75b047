import { type AccessState, decideAccess } from "@tollgate/core";
import type { BillingContext } from "../billing-context.js";
import type { Identity } from "../identity.js";

/** What somebody may use now, from the store. Nobody's is decided without I/O. */
export async function readAccess(context: BillingContext, identity: Identity | null): Promise<AccessState> {
  const { catalog, graceDays, clock } = context;
  if (identity === null) {
    return decideAccess({ catalog, customer: null, subscriptions: [], graceDays, now: clock() });
  }
  const store = await context.openStore();
  const [link, subscriptions] = await Promise.all([
    store.findCustomer(identity.id, context.provider.id),
    store.listSubscriptions(identity.id),
  ]);
  const customer = {
    id: identity.id,
    canManage: identity.role === "manager",
    hasBillingAccount: link !== null,
  };
  return decideAccess({ catalog, customer, subscriptions, graceDays, now: clock() });
}
