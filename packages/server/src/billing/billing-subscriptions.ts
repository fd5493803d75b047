import type { Catalog } from "@tollgate/core";
import type { ChangesContext } from "../changes/changes-context.js";
import { createSubscriptionChanges, type SubscriptionChanges } from "../changes/subscription-changes.js";
import type { CustomersContext } from "../customers/identify-customer.js";
import { createSubscriptionEndings, type SubscriptionEndings } from "../endings/subscription-endings.js";
import { createSubscriptionMoves, type SubscriptionMoves } from "../moves/move-subscription.js";

/** What customers subscribe to, as `billing.subscriptions`. */
export interface BillingSubscriptions<C extends Catalog = Catalog>
  extends SubscriptionChanges<C>,
    SubscriptionEndings,
    SubscriptionMoves {}

/** Made of the rooms that change, end and pause. */
export function createSubscriptions<C extends Catalog>(parts: {
  readonly open: () => Promise<ChangesContext & CustomersContext>;
  /** @throws BillingError `invalid_options` where production lacks a credential */
  readonly checkCredentials: () => void;
}): BillingSubscriptions<C> {
  const open = async () => {
    parts.checkCredentials();
    return parts.open();
  };
  return {
    ...createSubscriptionChanges<C>(open),
    ...createSubscriptionEndings(parts),
    ...createSubscriptionMoves(parts),
  };
}
