import { BillingError } from "@tollgate/core";
import type Stripe from "stripe";

/** Whether nothing will be billed for it any more; Stripe lets nobody change it then. */
export function isOver({ status }: Stripe.Subscription): boolean {
  return status === "canceled" || status === "incomplete_expired";
}

export function endedError(cause?: unknown): BillingError {
  return new BillingError("subscription_ended", "The subscription has ended.", { cause });
}
