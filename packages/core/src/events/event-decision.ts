import type { Callback } from "../language/callback.js";
import type { EventFacts, SettledState } from "../language/event-facts.js";
import type { Job } from "../language/job.js";
import type { Subscription } from "../language/subscription.js";

/** What to do with an event, given what is known. */
export type EventDecision =
  | {
      readonly action: "settle";
      readonly state: SettledState;
      /** In words; `null` where nothing needs explaining. */
      readonly reason: string | null;
      /** What to store, if anything. */
      readonly subscription: Subscription | null;
      readonly callbacks: readonly Callback[];
      readonly jobs: readonly Job[];
    }
  /** Keep it until its customer is known. */
  | { readonly action: "wait"; readonly providerCustomerId: string; readonly reason: string }
  /** Only the provider knows: read the subscription, then decide with `decideEventRead`. */
  | { readonly action: "reread"; readonly subscriptionId: string };

/** What a decision is made from. */
export type KnownFacts = Pick<EventFacts, "current" | "customerId" | "ignoredAt">;

/** Why an event is in its state: short and stable, for people who look at the inbox. */
export const eventReasons = {
  newer: "a newer state is stored",
  ended: "it has ended, and what has ended stays ended",
  foreign: "belongs to another product of the account",
  otherApp: "belongs to another app of the account",
  otherDatabase:
    "belongs to another database of this app: billing.reconcile({ repair: true, takeOver: true }) takes it in",
  missing: "the provider has no such subscription",
  nobody: "names no customer",
  unknownCustomer: "its customer is not known yet",
  unknownCheckout: "the checkout is not one of ours",
} as const;
