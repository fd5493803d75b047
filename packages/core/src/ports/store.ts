import type { Callback } from "../callback.js";
import type { Subscription } from "../subscription.js";
import type { IsoTime } from "../time.js";

/** Which provider customer an app's customer is. */
export interface CustomerLink {
  readonly customerId: string;
  readonly provider: string;
  readonly providerCustomerId: string;
}

/** A checkout that we opened; `status` is what we last knew. */
export interface CheckoutRecord {
  readonly id: string;
  readonly provider: string;
  readonly customerId: string;
  /** What may be open only once per customer: `plan:main`, or `product:credits`. */
  readonly slot: string;
  /** A digest of everything that was asked for; the same one means the same checkout may be reused. */
  readonly fingerprint: string;
  readonly status: "open" | "complete" | "expired";
  readonly url: string | null;
  readonly expiresAt: IsoTime;
  readonly createdAt: IsoTime;
}

/** What became of an event. */
export type EventState =
  /** It changed what is stored. */
  | "applied"
  /** A newer state was stored already. */
  | "stale"
  /** Of another product in the same account, or of a type that means nothing to us. */
  | "ignored"
  /** Its customer is not known yet; kept whole and applied once they are. */
  | "unmatched";

/** An event as the store remembers it. */
export interface EventRecord {
  readonly id: string;
  readonly provider: string;
  readonly type: string;
  readonly occurredAt: IsoTime;
  readonly state: EventState;
  readonly receivedAt: IsoTime;
  /** Only for unmatched events: whose they are, and the neutral event to apply later. */
  readonly unmatched: { readonly providerCustomerId: string; readonly event: unknown } | null;
}

/** What can be read, in or outside a transaction. */
export interface StoreReads {
  findCustomer(customerId: string, provider: string): Promise<CustomerLink | null>;
  findCustomerByProviderId(providerCustomerId: string, provider: string): Promise<CustomerLink | null>;
  /** All of a customer's, ended ones included, oldest first. */
  listSubscriptions(customerId: string): Promise<readonly Subscription[]>;
  findSubscription(id: string, provider: string): Promise<Subscription | null>;
  /**
   * Differs after every transaction that saved the subscription, even one that saved the same again: who
   * reads from the provider in between compares it to see whether the read was overtaken. `null` when
   * there is none.
   */
  findSubscriptionRevision(id: string, provider: string): Promise<string | null>;
  /** Only if it is this customer's: somebody else's is `null`, like a missing one. */
  findCheckout(id: string, customerId: string): Promise<CheckoutRecord | null>;
  /** The latest checkout of a slot, whatever its status. */
  findLatestCheckout(customerId: string, slot: string): Promise<CheckoutRecord | null>;
  findEvent(id: string, provider: string): Promise<EventRecord | null>;
}

/** What can be done within a transaction: all of it happens, or none. */
export interface StoreTransaction extends StoreReads {
  /** Waits until no other transaction holds the key, then holds it until this one ends. */
  lock(key: string): Promise<void>;
  /** The first link wins: gives the one that is stored, which may be another's. */
  linkCustomer(link: CustomerLink): Promise<CustomerLink>;
  /** Inserts, or replaces the one of the same provider and id; one with an older `asOf` changes nothing. */
  saveSubscription(subscription: Subscription): Promise<void>;
  /** Inserts, or replaces the one of the same id. */
  saveCheckout(checkout: CheckoutRecord): Promise<void>;
  /**
   * Records an event once. `false` when it is recorded already, unless as unmatched: then it is
   * recorded anew and may be applied. Of two transactions that claim the same event at once, the second
   * waits for the first.
   */
  claimEvent(event: EventRecord): Promise<boolean>;
  /** The events that wait for this customer, in the provider's order. */
  listUnmatchedEvents(providerCustomerId: string, provider: string): Promise<readonly EventRecord[]>;
  /** Puts callbacks into the outbox; they run after the commit, or never if there is none. */
  enqueueCallbacks(callbacks: readonly Callback[]): Promise<void>;
}

/** Where Tollgate keeps state. Methods throw BillingError `store_unavailable` when the database is out of reach. */
export interface Store extends StoreReads {
  /**
   * Brings the schema up to date; safe to call again and from several processes at once. Nothing else
   * is called before it.
   */
  migrate(): Promise<void>;
  /** Runs `work` in one transaction: commits when it resolves, rolls back when it throws. */
  transaction<T>(work: (tx: StoreTransaction) => Promise<T>): Promise<T>;
  /**
   * Starts to deliver callbacks from the outbox, each at least once: one whose delivery throws is tried
   * again later, with back-off. Resolves to a function that stops.
   */
  deliverCallbacks(deliver: (callback: Callback) => Promise<void>): Promise<() => Promise<void>>;
  close(): Promise<void>;
}
