import type { OwnerStamp } from "../language/ownership.js";
import type { PaymentMethod } from "../language/payment-method.js";
import type { ProviderRead } from "../language/provider-read.js";
import type { ProviderSubscription } from "../language/subscription.js";
import type { IsoTime } from "../language/time.js";
import type { ProviderCustomer } from "./provider-customers.js";

/** One page of a list at the provider. */
export interface ProviderPage<T> {
  readonly items: readonly T[];
  /** To pass as the next page's `after`; `null` on the last one. */
  readonly next: string | null;
  /** The provider's time of the read. */
  readonly asOf: IsoTime;
}

/** A subscription as the provider has it, ours or not. */
export interface FoundSubscription {
  readonly id: string;
  readonly customer: ProviderCustomer;
  /** What the subscription itself says about whose it is. */
  readonly stamp: OwnerStamp;
  /**
   * `"foreign"`: no line of it is in our catalog. `"unreadable"`: in a list, it has to be read individually; when it
   * was, it is in a state that this version of Tollgate doesn't know.
   */
  readonly state: ProviderSubscription | "foreign" | "unreadable";
  readonly createdAt: IsoTime;
  /** When it ended for good; also given for a foreign one. */
  readonly endedAt: IsoTime | null;
  /** The provider's ids of its prices. */
  readonly priceIds: readonly string[];
}

/** Which subscription. */
export interface SubscriptionRef {
  readonly id: string;
  /** Some providers find a subscription by its customer only. `null`: not known here. */
  readonly providerCustomerId: string | null;
}

/** What the provider says about subscriptions. */
export interface ProviderSubscriptions {
  /** `null` when there is no such subscription; `"foreign"` when no line of it is in our catalog. */
  read(
    subscription: SubscriptionRef,
  ): Promise<ProviderRead<ProviderSubscription | "foreign" | null> & { readonly stamp?: OwnerStamp | null }>;

  /** The same with its customer and everything else that helps to tell whose it is. */
  inspect(subscription: SubscriptionRef): Promise<ProviderRead<FoundSubscription | null>>;

  /**
   * Everything that a customer subscribes or subscribed to, foreign and ended ones included, in an order that does not
   * change; none for a customer that the provider does not have.
   */
  listOf(input: {
    readonly providerCustomerId: string;
    readonly after: string | null;
  }): Promise<ProviderPage<FoundSubscription>>;

  /**
   * What it would charge next; `null` when there is nothing, or no such subscription. Absent: the provider doesn't say,
   * and looks after expiring cards itself.
   */
  readPaymentMethod?(subscription: SubscriptionRef): Promise<PaymentMethod | null>;

  /** Like `listOf`, of everybody. Absent: the provider can't, and reconciling goes through our own customers. */
  listAll?(input: { readonly after: string | null }): Promise<ProviderPage<FoundSubscription>>;
}
