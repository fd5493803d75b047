import type { Arrears, Period } from "@tollgate/core";
import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { toIsoTime } from "../language/to-iso-time.js";

/**
 * What was paid for a subscription that is past due; `null` for any other, which costs no request. The status does not
 * say: after a trial, and for one whose invoices are sent, it may be that nothing was ever paid. The invoices do
 * (https://docs.stripe.com/api/invoices/list, the latest first).
 */
export async function readArrears(
  call: CallStripe,
  { id: subscription, status }: Pick<Stripe.Subscription, "id" | "status">,
): Promise<Arrears | null> {
  if (status !== "past_due") return null;
  const { data } = await call((client) => client.invoices.list({ subscription, status: "paid", limit: 100 }));
  return toArrears(data);
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
