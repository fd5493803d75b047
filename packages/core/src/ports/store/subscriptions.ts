import type { Subscription } from "../../subscription.js";

export interface SubscriptionReads {
  /** All of a customer's, ended ones included, oldest first. */
  listSubscriptions(customerId: string): Promise<readonly Subscription[]>;
  findSubscription(id: string, provider: string): Promise<Subscription | null>;
  /**
   * Differs after every transaction that saved the subscription, even one that saved the same again: who
   * reads from the provider in between compares it to see whether the read was overtaken. `null` when
   * there is none.
   */
  findSubscriptionRevision(id: string, provider: string): Promise<string | null>;
}

export interface SubscriptionWrites {
  /** Inserts, or replaces the one of the same provider and id; one with an older `asOf` changes nothing. */
  saveSubscription(subscription: Subscription): Promise<void>;
}
