/** Why the store differs from the provider. */
export type DifferenceCause =
  /** An event never arrived, or could not be applied. */
  | "missed_event"
  /** Changed or made by hand at the provider, or without any event that is known. */
  | "manual_change"
  /** No line of it is in the catalog. */
  | "unknown_price"
  /** Nobody is linked to the provider's customer. */
  | "orphaned_customer"
  /** The provider's customer was deleted, which ended its subscriptions. */
  | "customer_deleted"
  /** Stored as running, but the provider does not have it. */
  | "missing_at_provider"
  /** Stored as belonging to someone other than whom the provider's customer is linked to. */
  | "other_owner"
  /** Stored as ended, which is final, while it runs at the provider. */
  | "ended_in_store"
  /** In a state at the provider that this version of Tollgate doesn't know. */
  | "unknown_state";

/** One field that is stored differently from what it is at the provider. */
export interface FieldDifference {
  /** `status`, `cancelAt`, `items`, … as in `Subscription`. */
  readonly field: string;
  readonly stored: unknown;
  readonly actual: unknown;
}

/** One thing that is stored differently from what the provider has, explained. */
export interface Difference {
  /** Stable; the message may change. */
  readonly cause: DifferenceCause;
  /** Who says otherwise than what is stored. */
  readonly provider: string;
  /** `null` when it is about a single purchase or a customer. */
  readonly subscriptionId: string | null;
  /** The app's own; `null` when nobody is linked. */
  readonly customerId: string | null;
  readonly providerCustomerId: string | null;
  /** Empty when only an announcement was missed: of a payment or a purchase. */
  readonly fields: readonly FieldDifference[];
  /** The provider's events that explain it, where its list still has them, oldest first. */
  readonly eventIds: readonly string[];
  /** One plain sentence or two for an operator. */
  readonly message: string;
  /** Whether the store has the provider's truth now. */
  readonly repaired: boolean;
}
