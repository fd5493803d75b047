/** Work that Tollgate gives itself: done in the background, at least once, by whichever instance comes first. */
export type Job =
  /** Look whether this customer has two running subscriptions in the group, and settle it by policy. */
  | {
      readonly type: "settle_duplicate";
      readonly customerId: string;
      readonly provider: string;
      readonly group: string;
      /** One that was paid after its end: if it ended as the second of two, that is given back too. */
      readonly paidId?: string;
    }
  /** Ask whose a customer of the provider's is whose events wait, and apply them if the app knows. */
  | { readonly type: "identify_customer"; readonly provider: string; readonly providerCustomerId: string }
  /** Try again what failed, was cut off, or waited for a customer that is known now. */
  | { readonly type: "retry_events" }
  /** Delete what is older than the retention. */
  | { readonly type: "prune" }
  /** Compare with the provider's truth. */
  | { readonly type: "reconcile" };
