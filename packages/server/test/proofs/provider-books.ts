import type Stripe from "stripe";

/** The provider's books about one customer. */
export interface Books {
  readonly subscriptions: readonly Stripe.Subscription[];
  readonly invoices: readonly Stripe.Invoice[];
  readonly charges: readonly Stripe.Charge[];
  readonly refunds: readonly Stripe.Refund[];
  readonly disputes: readonly Stripe.Dispute[];
  /** What the next invoice will bill, or give back. */
  readonly pending: readonly Stripe.InvoiceItem[];
}

export async function readBooks(stripe: Stripe, customer: string): Promise<Books> {
  const all = { customer, limit: 100 } as const;
  const [subscriptions, invoices, charges, refunds, disputes, pending] = await Promise.all([
    stripe.subscriptions.list({ ...all, status: "all" }),
    stripe.invoices.list({ ...all, expand: ["data.payments"] }),
    stripe.charges.list(all),
    stripe.refunds.list({ limit: 100 }),
    stripe.disputes.list({ limit: 100 }),
    stripe.invoiceItems.list({ ...all, pending: true }),
  ]);
  return {
    ...{ subscriptions: subscriptions.data, invoices: invoices.data, charges: charges.data },
    ...{ refunds: refunds.data, disputes: disputes.data, pending: pending.data },
  };
}

/** The plan of each of the provider's prices. */
export type PlanByPrice = ReadonlyMap<string, string>;

export async function readPlans(stripe: Stripe): Promise<PlanByPrice> {
  const plans = new Map<string, string>();
  for await (const { id, metadata } of stripe.prices.list({ limit: 100 }))
    plans.set(id, metadata.tollgate_plan ?? "");
  return plans;
}

export function priceOf({ pricing }: Stripe.InvoiceLineItem | Stripe.InvoiceItem): string {
  return String(pricing?.price_details?.price);
}

export function subscriptionOf({ parent }: Stripe.InvoiceLineItem): string | null {
  const details = parent?.subscription_item_details ?? parent?.invoice_item_details;
  return details?.subscription ?? null;
}

/** Whether it settles a change in the middle of a period, and does not bill one as such. */
export function isWithinPeriod({ parent }: Stripe.InvoiceLineItem): boolean {
  return parent?.subscription_item_details?.proration ?? true;
}

export function isTrial(line: Stripe.InvoiceLineItem): boolean {
  return line.amount === 0 && !isWithinPeriod(line);
}

export function isGivenBack({ amount, description }: Stripe.InvoiceLineItem): boolean {
  // A credit of less than half a cent has no sign.
  return amount < 0 || (amount === 0 && (description ?? "").startsWith("Unused time"));
}
