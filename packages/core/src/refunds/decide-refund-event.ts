import type { RefundEvent } from "../language/billing-event.js";
import type { Callback } from "../language/callback.js";
import type { Job } from "../language/job.js";
import type { PaymentBooks, Refund } from "../language/refund.js";
import { mayPayForCredits } from "./decide-return.js";

/**
 * What news of a refund mean: the app is told each state that it reaches once, and one that went through may end what
 * it was paid for. What failed later was never given back for good.
 *
 * @param customerId whose payment it was
 * @example
 * function hasFailed(event: RefundEvent, refund: Refund, books: PaymentBooks): boolean {
 *   return decideRefundEvent(event, { refund, books }, "org_1").callbacks[0]?.type === "refund.failed";
 * }
 */
export function decideRefundEvent(
  { provider, refundId }: Pick<RefundEvent, "provider" | "refundId">,
  { refund, books }: { readonly refund: Refund; readonly books: PaymentBooks },
  customerId: string,
): { readonly callbacks: readonly Callback[]; readonly jobs: readonly Job[] } {
  const { subscriptionId, paid, refunded, pending } = books;
  const { id: _id, key: _key, status, ...rest } = refund;
  const data = { customerId, refundId, subscriptionId, ...rest, payment: { paid, refunded, pending } };
  const type = `refund.${status}` as const;
  // One that failed after it had gone through gives a product back to its buyer; a subscription that ended stays so.
  const counts = mayPayForCredits(books)
    ? status !== "pending"
    : status === "succeeded" && subscriptionId !== null;
  return {
    callbacks: [{ id: `${refundId}:${type}`, type, data }],
    jobs: counts ? [{ type: "settle_refund", provider, refundId }] : [],
  };
}
