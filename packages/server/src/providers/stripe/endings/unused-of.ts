import type Stripe from "stripe";

/** What is read of a paid invoice. Amounts are in Stripe's units. */
type PaidInvoice = Pick<Stripe.Invoice, "amount_paid"> & {
  readonly lines: { readonly data: readonly Pick<Stripe.InvoiceLineItem, "amount" | "period" | "parent">[] };
};

/**
 * How much of what was paid for an invoice is for time after `at`, in Stripe's units: the lines' unused parts, each by its
 * own period to the second, as Stripe prorates (https://docs.stripe.com/billing/subscriptions/prorations). Discounts and
 * taxes count in proportion, because what was paid is divided and not what was listed.
 *
 * @param at in seconds
 */
export function unusedOf({ amount_paid, lines }: PaidInvoice, at: number): number {
  const service = lines.data.filter(({ parent }) => parent?.type === "subscription_item_details");
  const total = lines.data.reduce((sum, { amount }) => sum + amount, 0);
  if (total <= 0) return 0;
  const unused = service.reduce((sum, line) => sum + line.amount * unusedShare(line.period, at), 0);
  return Math.min(amount_paid, Math.max(0, Math.round((amount_paid * unused) / total)));
}

function unusedShare({ start, end }: Stripe.InvoiceLineItem.Period, at: number): number {
  if (end <= at || end <= start) return 0;
  return (end - Math.max(at, start)) / (end - start);
}
