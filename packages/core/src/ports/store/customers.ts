/** Which provider customer an app's customer is. */
export interface CustomerLink {
  readonly customerId: string;
  readonly provider: string;
  readonly providerCustomerId: string;
}

export interface CustomerReads {
  findCustomer(customerId: string, provider: string): Promise<CustomerLink | null>;
  findCustomerByProviderId(providerCustomerId: string, provider: string): Promise<CustomerLink | null>;
}

export interface CustomerWrites {
  /** The first link wins: gives the one that is stored, which may be another's. */
  linkCustomer(link: CustomerLink): Promise<CustomerLink>;
}
