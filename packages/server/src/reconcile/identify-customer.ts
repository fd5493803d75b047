/** What an app is told of a provider's customer that nobody is linked to. */
export interface UnknownCustomer {
  readonly providerCustomerId: string;
  readonly email: string | null;
  /** As somebody wrote it at the provider; without a prototype, so any key is only a key. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Tells whose a provider's customer is, under your own id; `null`: you don't know, and nothing is linked. */
export type IdentifyCustomer = (customer: UnknownCustomer) => string | null | Promise<string | null>;
