/** Work that Tollgate gives itself: done in the background, at least once, by whichever instance gets to it first. */
export type Job =
  /** Check whether this customer has two running subscriptions in the group, and settle it by policy. */
  | {
      readonly type: "settle_duplicate";
      readonly customerId: string;
      readonly provider: string;
      readonly group: string;
      /** One that was paid after its end: if it ended as the second of two, that is given back too. */
      readonly paidId?: string;
    }
  /** Ask the app whose a customer of the provider's is, whose events wait, and apply them if it knows. */
  | { readonly type: "identify_customer"; readonly provider: string; readonly providerCustomerId: string }
  /** Retry what failed, was cut off, or waited for a customer that is now known. */
  | { readonly type: "retry_events" }
  /** Tell of the coming end of trials, where the provider doesn't. */
  | { readonly type: "tell_trials" }
  /** Tell of what could not be paid, wherever a notice is due. */
  | { readonly type: "tell_dunning" }
  /** The same for one subscription, whose payment has just failed. */
  | { readonly type: "notify_dunning"; readonly provider: string; readonly subscriptionId: string }
  /** Look at what a subscription's coming renewal will be charged to. */
  | { readonly type: "check_card"; readonly provider: string; readonly subscriptionId: string }
  /** Give the provider the email and name that the app has chosen for a customer. */
  | { readonly type: "push_profile"; readonly customerId: string; readonly provider: string }
  /** Leave the name of the customer whom a subscription was given to on the provider's customer that went with it. */
  | { readonly type: "name_customer"; readonly provider: string; readonly providerCustomerId: string }
  /** Look at what a refund that went through means for the subscription that it had paid for. */
  | { readonly type: "settle_refund"; readonly provider: string; readonly refundId: string }
  /** Finish deletions of customers that a crash or an outage cut off. */
  | { readonly type: "delete_customers" }
  /** End what somebody who was deleted subscribes to: it was paid for meanwhile. */
  | { readonly type: "end_deleted"; readonly provider: string; readonly subscriptionId: string }
  /** See to what follows from a checkout that was completed: nobody may have come back from it. */
  | {
      readonly type: "settle_checkout";
      readonly provider: string;
      readonly checkoutId: string;
      readonly customerId: string;
    }
  /** Let what a subscription was bought with take the place of the customer's default. */
  | {
      readonly type: "replace_default";
      readonly provider: string;
      readonly providerCustomerId: string;
      readonly subscriptionId: string;
    }
  /** Look at what a dispute means for the subscription that was paid for. */
  | { readonly type: "settle_dispute"; readonly provider: string; readonly disputeId: string }
  /** Pay back what a network warns of, where the app wants that. */
  | { readonly type: "settle_fraud_warning"; readonly provider: string; readonly warningId: string }
  /** Tell whoever bills it what was used. */
  | { readonly type: "report_usage" }
  /** Tell of new prices, and move those whose renewal comes near. */
  | { readonly type: "migrate_prices" }
  /** Grant what plans and products grant somebody of the catalog's credits by now. */
  | { readonly type: "grant_credits"; readonly customerId: string }
  /** Free credits that were held for too long, and book those that have expired. */
  | { readonly type: "settle_credits" }
  /** Have what somebody wants to be bought by itself paid for, or see what became of it. */
  | { readonly type: "top_up_credits"; readonly customerId: string; readonly credit: string }
  /** Let what is billed follow the members: of one customer, or wherever it is due. */
  | { readonly type: "settle_seats"; readonly customerId?: string }
  /** Add what is new in the history to the totals that figures are read from. */
  | { readonly type: "count_history" }
  /** Measure how old a difference to the provider can be that nothing has found. */
  | { readonly type: "measure_drift" }
  /** Delete what is older than the retention. */
  | { readonly type: "prune" }
  /** Compare with what is true at the provider. */
  | { readonly type: "reconcile" };
