import type { OwnerStamp } from "../language/ownership.js";

/** A customer as the provider reports it. */
export interface ProviderCustomer {
  readonly providerCustomerId: string;
  /** The app's own id, from what was left there when it was made; `null` for one that we did not make. */
  readonly customerId: string | null;
  /** What it says about whose it is. */
  readonly stamp: OwnerStamp;
  readonly email: string | null;
  readonly name: string | null;
  /** Somebody may have written it by hand, so any key may be there. Made without a prototype. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Deleted at the provider: nothing can be sold to it any more. */
  readonly deleted: boolean;
}

interface ReadableCustomers {
  /** `null` when there never was such a customer. */
  read(providerCustomerId: string): Promise<ProviderCustomer | null>;
  /**
   * Deletes a customer at the provider for good, whatever they subscribe to; one that is not there any more stays so.
   * What the provider keeps by law stays with it. Absent: somebody has to do it on its own pages.
   */
  erase?(providerCustomerId: string): Promise<void>;
}

/** We make the customer, and every checkout is for one. */
export interface CustomersMadeFirst extends ReadableCustomers {
  readonly kind: "made_first";
  /**
   * Creates the customer. The same `idempotencyKey` gives the same one, even when called at once from two processes,
   * and even with another email or name: `update` is called afterwards, so this method may leave those to it.
   */
  make(input: {
    readonly customerId: string;
    readonly email: string | null;
    readonly name: string | null;
    /** The installation id of our database, left on the customer. */
    readonly database: string;
    readonly idempotencyKey: string;
  }): Promise<{ readonly providerCustomerId: string }>;
  /**
   * Gives the customer this email and name; `null` leaves what is there, and so does what is refused: an odd address
   * must not keep anybody from paying.
   *
   * @returns which of them the provider would not take
   * @throws BillingError `customer_missing` when it was deleted.
   */
  update(input: {
    readonly providerCustomerId: string;
    readonly email: string | null;
    readonly name: string | null;
  }): Promise<{ readonly refused: readonly ("email" | "name")[] }>;
  /**
   * The customers of exactly this address, the newest first, and no more of them than a person may wait for. An address
   * does not say whose they are: whoever pays may enter any.
   */
  findByEmail(email: string): Promise<readonly ProviderCustomer[]>;
  /**
   * Leaves our app's name and database on a customer and, if given one, on a subscription of theirs. One that was
   * deleted stays as it is.
   */
  claim(input: {
    readonly customerId: string;
    readonly providerCustomerId: string;
    readonly subscriptionId: string | null;
    readonly database: string;
  }): Promise<void>;
}

/**
 * The provider makes the customer when somebody pays, maybe a new one each time. Whose it is comes with the checkout
 * that we opened, and with events that claim it.
 */
export interface CustomersMadeByCheckout extends ReadableCustomers {
  readonly kind: "made_by_checkout";
}

/** The provider knows customers by the app's own ids. */
export interface CustomersSameAsApp extends ReadableCustomers {
  readonly kind: "same_as_app";
}

/** How somebody comes to be the provider's customer. */
export type ProviderCustomers = CustomersMadeFirst | CustomersMadeByCheckout | CustomersSameAsApp;
