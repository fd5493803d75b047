import type { Callback } from "../language/callback.js";
import type { DuplicateRecord } from "../language/duplicate-record.js";
import type { Money } from "../language/money.js";
import type { Subscription } from "../language/subscription.js";

/**
 * What to note and tell once a decision about a second subscription is carried out; `null`: it is known. Carried out
 * again after another payment came in, it refunded more: the app is told the new sum.
 *
 * @param input.pending whether the provider has only promised the refund. @default false
 * @param input.known what was decided in this group before, done or not
 * @param input.subscription the second one, as it is stored
 * @param input.kept the one that continues
 * @throws Error when one of the two is not stored: nobody deletes a subscription
 * @example
 * function isNews(decision: DuplicateRecord, subscription: Subscription, kept: Subscription): boolean {
 *   return decideCompletion({ decision, refund: null, known: [decision], subscription, kept }) !== null;
 * }
 */
export function decideCompletion(input: {
  readonly decision: DuplicateRecord;
  readonly refund: Money | null;
  readonly pending?: boolean;
  readonly known: readonly DuplicateRecord[];
  readonly subscription: Subscription | null;
  readonly kept: Subscription | null;
}): { readonly record: DuplicateRecord; readonly callback: Callback } | null {
  const { decision, refund, pending = false, known, subscription, kept } = input;
  const { customerId, subscriptionId, action } = decision;
  const before = known.find((one) => one.subscriptionId === subscriptionId && one.state === "done");
  if (before !== undefined && amountOf(refund) <= amountOf(before.refund)) return null;
  if (subscription === null || kept === null) throw new Error("A subscription left the store.");
  const again = before === undefined ? "" : `:${amountOf(refund)}`;
  const { planId } = subscription;
  const told = { refund, ...(refund !== null && pending && { refundPending: true as const }) };
  return {
    record: { ...decision, refund, state: "done" },
    callback: {
      id: `${subscriptionId}:subscription.duplicate${again}`,
      type: "subscription.duplicate",
      data: { customerId, planId, subscription, kept, ...told, action },
    },
  };
}

function amountOf(money: Money | null): number {
  return money?.amount ?? 0;
}
