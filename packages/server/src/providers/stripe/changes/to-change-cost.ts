import type { ChangeCost, ChangeLine, NextInvoice } from "@tollgate/core";
import type Stripe from "stripe";
import { chargeable } from "../language/chargeable.js";
import { fromStripeAmount } from "../language/stripe-amount.js";
import { toIsoTime } from "../language/to-iso-time.js";

/** What an invoice, or some of its lines, settle. */
export type Settled = Pick<ChangeCost, "total" | "lines" | "tax" | "taxIncluded">;

export const nothingSettled: Settled = { total: 0, lines: [], tax: 0, taxIncluded: 0 };

/** All of an invoice that is made for a change. */
export function settledBy({ currency, lines, total, total_taxes }: Stripe.Invoice): Settled {
  return {
    total: fromStripeAmount(total, currency),
    lines: lines.data.map((line) => toChangeLine(line, currency)),
    ...sumTaxes(total_taxes ?? [], currency),
  };
}

/** Some lines of an invoice that also has others. */
export function settledIn(lines: readonly Stripe.InvoiceLineItem[], currency: string): Settled {
  const own = lines.map((line) => toChangeLine(line, currency));
  const taxes = sumTaxes(
    lines.flatMap((line) => line.taxes ?? []),
    currency,
  );
  return { total: own.reduce((sum, { amount }) => sum + amount, taxes.tax), lines: own, ...taxes };
}

export function isProration({ parent }: Stripe.InvoiceLineItem): boolean {
  const details = parent?.subscription_item_details ?? parent?.invoice_item_details;
  return details?.proration === true;
}

/**
 * What is on the customer's balance after an invoice, in Stripe's amounts: negative is credit, positive is owed. A draft
 * doesn't say (https://docs.stripe.com/api/invoices/object#invoice_object-ending_balance).
 */
export function balanceAfter({ starting_balance, total, amount_due }: Stripe.Invoice): number {
  return starting_balance + total - amount_due;
}

/**
 * What is left of a balance once an invoice that was made already takes its part: the invoice of a renewal is a draft for
 * an hour, and takes from the balance when it is finalized.
 */
export function balanceWithout(latest: Stripe.Subscription["latest_invoice"], balance: number): number {
  if (latest === null || typeof latest === "string" || latest.status !== "draft") return balance;
  if (latest.total <= 0) return balance + latest.total;
  return Math.min(0, balance + latest.total);
}

/** An invoice that is still to come, after the balance became what it is then. */
export function toNextInvoice(invoice: Stripe.Invoice, at: number, balance: number): NextInvoice {
  const { currency, starting_balance, total, amount_due } = invoice;
  const due = balance === starting_balance ? amount_due : chargeable(Math.max(0, total + balance), currency);
  return {
    at: toIsoTime(at),
    total: fromStripeAmount(total, currency),
    due: fromStripeAmount(due, currency),
  };
}

function toChangeLine(line: Stripe.InvoiceLineItem, currency: string): ChangeLine {
  const discount = (line.discount_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0);
  return {
    description: line.description ?? "",
    amount: fromStripeAmount(line.amount - discount, currency),
    quantity: line.quantity,
    period: { start: toIsoTime(line.period.start), end: toIsoTime(line.period.end) },
    proration: isProration(line),
  };
}

interface Tax {
  readonly amount: number;
  readonly tax_behavior: string;
}

function sumTaxes(taxes: readonly Tax[], currency: string): Pick<Settled, "tax" | "taxIncluded"> {
  const sum = (inclusive: boolean) =>
    taxes
      .filter(({ tax_behavior }) => (tax_behavior === "inclusive") === inclusive)
      .reduce((total, { amount }) => total + amount, 0);
  return {
    tax: fromStripeAmount(sum(false), currency),
    taxIncluded: fromStripeAmount(sum(true), currency),
  };
}
