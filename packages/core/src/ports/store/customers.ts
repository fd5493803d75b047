import type { Callback } from "../../language/callback.js";
import type { CustomerProfile } from "../../language/customer-profile.js";
import type { Job } from "../../language/job.js";
import type { Move } from "../../language/move.js";
import type { Subscription } from "../../language/subscription.js";
import type { IsoTime } from "../../language/time.js";
import type { SubscriptionWrite } from "./subscriptions.js";

/** Which provider customer an app's customer is. */
export interface CustomerLink {
  readonly customerId: string;
  readonly provider: string;
  readonly providerCustomerId: string;
}

/** A link as the store keeps it. */
export interface StoredCustomer extends CustomerLink {
  /**
   * Whether it is the one to bill. One whose provider customer was deleted stays as history, so that late
   * events still find their owner.
   */
  readonly current: boolean;
  /** A digest of the email and name that we gave the provider; `null` when that is not known. */
  readonly profile: string | null;
}

/** What is known of a customer's email and name, to be saved only if nobody has saved something else since. */
export interface ProfileWrite {
  readonly link: CustomerLink;
  /** What was read. */
  readonly expected: CustomerProfile;
  readonly profile: CustomerProfile;
  readonly callbacks: readonly Callback[];
  readonly jobs: readonly Job[];
}

export interface CustomerReads {
  /** The current one. */
  findCustomer(customerId: string, provider: string): Promise<StoredCustomer | null>;
  /** Current, or history. */
  findCustomerByProviderId(providerCustomerId: string, provider: string): Promise<StoredCustomer | null>;
  /** What is known of their email and name at the provider; empty where nothing is, and for nobody's customer. */
  readProfile(link: CustomerLink): Promise<CustomerProfile>;
  /** The provider's ids of those that are no longer current, in alphabetical order. */
  listRetiredCustomers(customerId: string, provider: string): Promise<readonly string[]>;
}

export interface CustomerCommands {
  /**
   * Links a customer to a provider's customer. A provider customer that is linked already stays with whoever has it. Of a
   * customer's links the first wins, or with `wins: "last"` this one: the one before it becomes history then. Answers the
   * link that is stored, which may be another's, or history.
   *
   * Saves these subscriptions with it if that link is the one that was asked for; what somebody else has saved meanwhile
   * stays.
   *
   * Of two at once for one customer, one wins and both answer it. An event that is being kept as unmatched (see
   * `keepUnmatched`) is either seen by whoever was answered, or finds the link.
   *
   * @param options.wins @default "first"
   */
  linkCustomer(
    link: CustomerLink,
    options?: {
      readonly wins?: "first" | "last";
      readonly subscriptions?: readonly SubscriptionWrite[];
    },
  ): Promise<StoredCustomer>;
  /** Makes history of the link; the next one of this customer becomes the current one. Done again it changes nothing. */
  retireCustomer(link: CustomerLink): Promise<void>;
  /**
   * Remembers which profile was pushed, if what is remembered is still `link`'s; otherwise two were pushed at once,
   * nobody knows which one the provider has, and `null` is kept.
   */
  saveCustomerProfile(link: StoredCustomer, profile: string): Promise<void>;
  /**
   * Compares and saves, with the callbacks and jobs that follow: all of it, or nothing. `"overtaken"`: something else is
   * stored than was expected, or there is no such link. Of several at once that read the same, one saves.
   */
  saveProfile(write: ProfileWrite): Promise<"saved" | "overtaken">;
  /**
   * Gives a subscription to another customer, if `decide` says so of what is stored: with it the provider's customer who
   * is billed, whose other subscriptions, and the counts of metered features, which are added to the other's. Whom the
   * other had at that provider becomes history, and the job `name_customer` follows. Whoever saves something of it that
   * was read before is overtaken.
   *
   * @param decide `null`: it has moved already
   */
  moveSubscription(
    move: Move & { readonly at: IsoTime },
    decide: (facts: {
      readonly ofFrom: readonly Subscription[];
      readonly ofTo: readonly Subscription[];
    }) => readonly Subscription[] | null,
  ): Promise<"moved" | "unchanged">;
}
