import type { Arrears, FailedPayment, Period } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { readMoney } from "../language/read-money.js";
import { toIsoTime, toIsoTimeOrNull } from "../language/to-iso-time.js";

/**
 * What was paid for a subscription that is past due, and what failed; `null` for any other, which costs no request. The
 * status does not say: after a trial, and for one whose invoices are sent, it may be that nothing was ever paid. The
 * invoices do (https://docs.stripe.com/api/invoices/list, the latest first).
 */
export async function readArrears(
  call: CallStripe,
  { id: subscription, status }: Pick<Stripe.Subscription, "id" | "status">,
): Promise<Arrears | null> {
  if (status !== "past_due") return null;
  const list = (of: "paid" | "open") =>
    call((client) => client.invoices.list({ subscription, status: of, limit: 100 }));
  const paid = await list("paid");
  const open = await list("open");
  return { ...toArrears(paid.data), failed: toFailedPayment(open.data) };
}

/**
 * The latest open invoice that was tried in vain, or that is overdue where invoices are sent: the latest one decides
 * whether the subscription is past due. `next_payment_attempt` is empty once Stripe has given up
 * (https://docs.stripe.com/api/invoices/object#invoice_object-next_payment_attempt).
 */
export function toFailedPayment(
  open: readonly Pick<
    Stripe.Invoice,
    | "id"
    | "amount_remaining"
    | "currency"
    | "attempt_count"
    | "attempted"
    | "next_payment_attempt"
    | "collection_method"
  >[],
): FailedPayment | null {
  const failed = open.find(
    ({ attempted, collection_method }) => attempted || collection_method === "send_invoice",
  );
  if (failed?.id === undefined) return null;
  const { amount, currency } = readMoney(failed.amount_remaining, failed.currency);
  return {
    ...{ invoiceId: failed.id, amount, currency },
    attempts: failed.collection_method === "send_invoice" ? null : failed.attempt_count,
    nextAttemptAt: toIsoTimeOrNull(failed.next_payment_attempt),
  };
}

/**
 * The latest span that is paid for, from its paid invoices. One for zero, from a trial or fully discounted, extends
 * what was paid before and pays for nothing by itself.
 */
export function toArrears(paid: readonly Pick<Stripe.Invoice, "total" | "lines">[]): Arrears {
  if (!paid.some(({ total }) => total > 0)) return { paidPeriod: null };
  const periods = paid
    .flatMap(({ lines }) => lines.data)
    .filter(({ parent }) => parent?.type === "subscription_item_details")
    .map(({ period }): Period => ({ start: toIsoTime(period.start), end: toIsoTime(period.end) }))
    .sort(byEnd);
  return { paidPeriod: periods[0] ?? null };
}

/**
 * The last to end comes first. A change within a period is paid for the rest of it: the whole comes before the rest.
 */
function byEnd(a: Period, b: Period): number {
  if (a.end !== b.end) return a.end > b.end ? -1 : 1;
  return a.start < b.start ? -1 : 1;
}
