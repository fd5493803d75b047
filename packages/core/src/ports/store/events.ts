import type { BillingEvent } from "../../language/billing-event.js";
import type { Callback } from "../../language/callback.js";
import type { EventFacts, EventState, SettledState, UnsettledState } from "../../language/event-facts.js";
import type { HistoryEntry } from "../../language/history.js";
import type { Job } from "../../language/job.js";
import type { StoredSubscription } from "../../language/subscription.js";
import type { IsoTime } from "../../language/time.js";
import type { CheckoutOutcome } from "./checkouts.js";
import type { CustomerLink } from "./customers.js";
import type { SubscriptionSave } from "./subscriptions.js";

/** What the inbox keeps of an event for as long as it keeps the event at all. */
export interface EventHead {
  readonly id: string;
  readonly provider: string;
  /** In our words: `subscription.updated`. */
  readonly type: string;
  /** The provider's own time. */
  readonly occurredAt: IsoTime;
  /** Our time, of the first delivery. */
  readonly receivedAt: IsoTime;
  readonly providerCustomerId: string | null;
  readonly subscriptionId: string | null;
}

/** An event as the inbox remembers it. */
export interface EventRecord extends EventHead {
  readonly state: EventState;
  /** How often it was tried without being settled at once; 0 for nearly all. */
  readonly attempts: number;
  /** Why it is in this state, in words. */
  readonly reason: string | null;
  /** `null`: it is not tried again by itself. */
  readonly nextAttemptAt: IsoTime | null;
  /** The event itself, until it is settled. */
  readonly event: BillingEvent | null;
}

/** One page of the inbox, the latest arrival first. */
export interface EventPage {
  readonly events: readonly EventRecord[];
  /** To pass as the next page's `after`; `null` on the last one. */
  readonly next: string | null;
}

/** What can be read from the inbox. */
export interface EventReads {
  findEvent(id: string, provider: string): Promise<EventRecord | null>;
  findEventFacts(
    event: Pick<EventHead, "id" | "provider" | "providerCustomerId" | "subscriptionId">,
  ): Promise<EventFacts>;
  /** @throws BillingError `invalid_query` when `after` is not a page's `next`. */
  listEvents(filter: {
    readonly state?: EventState;
    readonly after?: string;
    readonly limit: number;
  }): Promise<EventPage>;
  /** The events that wait for this customer, in the provider's order. */
  listUnmatchedEvents(providerCustomerId: string, provider: string): Promise<readonly EventRecord[]>;
}

/** What is kept of an event that is not settled. */
export interface KeptEvent {
  readonly state: UnsettledState;
  readonly reason: string | null;
  readonly event: BillingEvent;
  readonly attempts: number;
  readonly nextAttemptAt: IsoTime | null;
}

/** An event whose customer is not known yet. */
export interface UnmatchedEvent {
  readonly head: EventHead & { readonly providerCustomerId: string };
  readonly event: BillingEvent;
  readonly reason: string;
  readonly attempts: number;
  /** To find out whose it is. */
  readonly jobs: readonly Job[];
}

/** The outcome of an event: all of it is written, or nothing. */
export interface Settlement {
  readonly head: EventHead;
  readonly state: SettledState;
  readonly reason: string | null;
  readonly save: SubscriptionSave | null;
  /** A link that becomes history by it, as in `retireCustomer`. */
  readonly retired?: CustomerLink | undefined;
  /** What became of a checkout by it, as in `settleCheckout`. */
  readonly checkout?: CheckoutOutcome | undefined;
  /** What else the history keeps of it: each fact once, by its id. @default nothing */
  readonly facts?: readonly HistoryEntry[];
  readonly callbacks: readonly Callback[];
  readonly jobs: readonly Job[];
}

/** What becomes of events. */
export interface EventCommands {
  /**
   * Claims the event, saves the subscription if nobody has saved it since it was read, and writes what else follows.
   * `"duplicate"`: it was settled before. `"overtaken"`: the subscription has changed. In both cases nothing is written.
   *
   * If two settle the same event at once, the second waits for the first: it is a duplicate, or settles the event itself
   * where the first fails. Of several events that saw the same subscription, one saves.
   */
  settleEvent(settlement: Settlement): Promise<"settled" | "duplicate" | "overtaken">;
  /**
   * Keeps an event that is still to be dealt with, whole. `false` when it is already settled: that stays. One that is
   * already kept takes the new state; `attempts` never goes down, and `receivedAt` stays the first.
   */
  keepEvent(head: EventHead, kept: KeptEvent): Promise<boolean>;
  /**
   * Keeps an event as `unmatched`, with its jobs, unless its customer is linked by now (`"linked"`) or it is settled
   * (`"duplicate"`): then nothing is written. A link that is being made waits for this, or this for the link: whoever
   * made it finds the event among those that wait.
   */
  keepUnmatched(unmatched: UnmatchedEvent): Promise<"kept" | "linked" | "duplicate">;
  /** Says why the events of a provider's customer still wait; those that don't wait any more stay as they are. */
  explainUnmatched(input: {
    readonly provider: string;
    readonly providerCustomerId: string;
    readonly reason: string;
  }): Promise<void>;
}

/** What works off the inbox. */
export interface EventInbox {
  /**
   * The subscription as this instance last saved it by settling an event, if it still remembers. Somebody else may have
   * saved it since: good only for the comparison in `settleEvent`. Costs no round trip.
   */
  recallSubscription(id: string, provider: string): StoredSubscription | null;
  /**
   * Takes up events that are due, so that nobody else takes them up before `until`: what failed or was cut off, and
   * what waited for a customer who is linked by now. They become `received` again, each with one more attempt; in the
   * provider's order.
   */
  takeDueEvents(options: {
    readonly now: IsoTime;
    readonly until: IsoTime;
    readonly limit: number;
  }): Promise<readonly EventRecord[]>;
  /** Deletes old events, at most `limit` of them; returns how many. */
  pruneEvents(options: {
    readonly settledBefore: IsoTime;
    readonly unsettledBefore: IsoTime;
    readonly limit: number;
  }): Promise<number>;
}
