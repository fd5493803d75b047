import {
  type BillingEvent,
  grantsAnew,
  isDeletedCustomer,
  type Job,
  type Subscription,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";

/** What a change of a subscription means for what plans grant; `null`: none is saved. */
export function creditsJobs(
  { grantsCredits }: Pick<BillingContext, "grantsCredits">,
  before: Subscription | null,
  after: Subscription | null,
): readonly Job[] {
  if (!grantsCredits || after === null || isDeletedCustomer(after.customerId)) return [];
  return grantsAnew(before, after) ? [{ type: "grant_credits", customerId: after.customerId }] : [];
}

/** A payment for no subscription may be a top-up's that its customer has just confirmed. */
export function topUpJobs(
  { topsUp }: Pick<BillingContext, "topsUp">,
  { type }: Pick<BillingEvent, "type">,
  {
    subscriptionId,
    customerId,
  }: { readonly subscriptionId: string | null; readonly customerId: string | null },
): readonly Job[] {
  const isMeant = topsUp && type === "payment.succeeded" && subscriptionId === null;
  if (!isMeant || customerId === null || isDeletedCustomer(customerId)) return [];
  return [{ type: "grant_credits", customerId }];
}
