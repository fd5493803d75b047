import type { BillingProvider } from "../../ports/provider.js";

/** One webhook request as it went over the wire. */
export interface SignedDelivery {
  /** Exactly the bytes that were signed. */
  readonly body: Uint8Array;
  readonly headers: Headers;
}

/**
 * What happens outside the port: the person who pays, the provider's own pages, and the network that carries webhooks.
 * The host of the suite plays these parts, against the provider's sandbox or a stand-in. Each method resolves when the
 * provider has done it.
 */
export interface ProviderDriver {
  /** Pays an open checkout as a person would, with a card that works and an address of their own. */
  payCheckout(checkoutId: string): Promise<void>;
  /** Tries to pay with a card that is declined. */
  declineCheckout?(checkoutId: string): Promise<void>;
  /** Schedules the end, as the provider's portal does. */
  cancelAtPeriodEnd(subscriptionId: string): Promise<void>;
  /** Sees to it that the next payments of a subscription are declined. */
  declinePayments?(subscriptionId: string): Promise<void>;
  /** What a customer was charged in all, in minor units, whatever was refunded. */
  chargedTo?(providerCustomerId: string): Promise<number>;
  /** Bills a customer by hand, in minor units of dollars; it can be paid with what is on file, and is open. */
  makeInvoice?(providerCustomerId: string, amount: number): Promise<{ readonly invoiceId: string }>;
  /** Puts another card on file for a customer, as they would in the provider's form. */
  addCard?(providerCustomerId: string): Promise<{ readonly paymentMethodId: string }>;
  /** Moves the provider's time past a subscription's next renewal, and bills it. */
  renew?(subscriptionId: string): Promise<void>;
  undoCancel(subscriptionId: string): Promise<void>;
  /** Ends a subscription at once, as somebody would in the provider's dashboard. */
  endNow(subscriptionId: string): Promise<void>;
  /** Deletes a customer, as somebody would in the provider's dashboard. */
  deleteCustomer?(providerCustomerId: string): Promise<void>;
  /** Has the customer's bank take back their latest payment, and gives the dispute's id. */
  dispute?(providerCustomerId: string): Promise<string>;
  /** What was refunded to the customer so far, in the currency's minor unit. */
  refundedTo?(providerCustomerId: string): Promise<number>;
  /** Subscribes the customer to a plan of the catalog, as somebody would in the provider's dashboard. */
  subscribeByHand?(providerCustomerId: string): Promise<{ readonly subscriptionId: string }>;
  /** Makes a coupon that takes 20 % off every payment, and gives its id. */
  makeCoupon?(): Promise<string>;
  /** Makes a promotion code that takes 20 % off every payment, and gives it. */
  makePromotionCode?(): Promise<string>;
  /** Subscribes the customer to something that is not in the catalog: another product of the account. */
  subscribeToSomethingElse?(providerCustomerId: string): Promise<{ readonly subscriptionId: string }>;
  /** Every delivery made so far, oldest first; waits for those in progress. */
  deliveredEvents(): Promise<readonly SignedDelivery[]>;
  /** The headers of a delivery of `body` signed at `at`, with our secret or with a stranger's. */
  sign(input: {
    readonly body: Uint8Array;
    readonly at: Date;
    readonly secret: "ours" | "a stranger's";
  }): Promise<Headers>;
  /** The provider's clock, where it is not the machine's. @default the machine's */
  now?(): Date;
}

/** A provider in a world of its own, where nothing was created yet. */
export interface ProviderSetup {
  /** One whose catalog is mapped has everything of `buildCatalog` mapped. */
  readonly provider: BillingProvider;
  readonly driver: ProviderDriver;
  close(): Promise<void>;
}
