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

export interface CustomerReads {
  /** The current one. */
  findCustomer(customerId: string, provider: string): Promise<StoredCustomer | null>;
  /** Current, or history. */
  findCustomerByProviderId(providerCustomerId: string, provider: string): Promise<StoredCustomer | null>;
  /** The provider's ids of those that are no longer current, in alphabetical order. */
  listRetiredCustomers(customerId: string, provider: string): Promise<readonly string[]>;
}

export interface CustomerWrites {
  /** The first link wins: returns the one that is stored, which may be another's, or history. */
  linkCustomer(link: CustomerLink): Promise<StoredCustomer>;
  /** Makes history of the link; the next one of this customer becomes the current one. */
  retireCustomer(link: CustomerLink): Promise<void>;
  /**
   * Remembers which profile was pushed, if what is remembered is still `link`'s; otherwise two were pushed at once,
   * nobody knows which one the provider has, and `null` is kept.
   */
  saveCustomerProfile(link: StoredCustomer, profile: string): Promise<void>;
}
