import type { StoredSubscription, Subscription } from "../../language/subscription.js";

/** A subscription to be saved only if nobody has saved it since it was read. */
export interface SubscriptionSave {
  readonly subscription: Subscription;
  /** The revision that was read; `null` when there was none of this provider and id. */
  readonly expectedRevision: string | null;
}

export interface SubscriptionReads {
  /** All of a customer's, ended ones included, oldest first. */
  listSubscriptions(customerId: string): Promise<readonly Subscription[]>;
  findSubscription(id: string, provider: string): Promise<Subscription | null>;
  findStoredSubscription(id: string, provider: string): Promise<StoredSubscription | null>;
}

export interface SubscriptionWrites {
  /** Compare and set: `false`, with nothing written, when somebody else has saved it since it was read. */
  replaceSubscription(save: SubscriptionSave): Promise<boolean>;
}
