import { grantsAnew, isDeletedCustomer, type Job, type Subscription } from "@tollgate/core";
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
