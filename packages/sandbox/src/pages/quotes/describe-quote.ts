import type { Customer, LineItem, Quote } from "../../engine/world/wire.js";
import type { InvoiceDocument, InvoiceRow } from "../invoices/describe-invoice.js";
import type { Language } from "../words/messages-for.js";

/** A quote with what its PDF says besides. */
export type ShownQuote = { quote: Quote; customer: Customer | null; lines: LineItem[]; merchant: string };

const rowOf = (line: LineItem, language: Language): InvoiceRow => {
  const recurring = line.price?.recurring;
  const unit = line.price?.unit_amount ?? null;
  const count = recurring?.interval_count ?? 1;
  return {
    id: line.id,
    name: line.description ?? language.text.invoice.description,
    detail: recurring
      ? `every ${count === 1 ? recurring.interval : `${count} ${recurring.interval}s`}`
      : undefined,
    quantity: line.quantity === null ? "" : new Intl.NumberFormat(language.tag).format(line.quantity),
    unit: unit === null ? "" : language.money(unit, line.currency),
    amount: language.money(line.amount_subtotal, line.currency),
  };
};

/** Puts a quote into words. Its title and status are English; the rest follows the language. */
export const describeQuote = (
  { quote, customer, lines, merchant }: ShownQuote,
  language: Language,
): InvoiceDocument => {
  const { text } = language;
  const money = (amount: number): string => language.money(amount, quote.currency ?? "usd");
  const total = (label: string, amount: number, strong = false) => ({ label, amount: money(amount), strong });
  const { amount_discount, amount_tax } = quote.total_details;
  return {
    title: "Quote",
    merchant,
    status: { label: String(quote.status ?? ""), tone: "none" },
    headline: money(quote.amount_total),
    headlineDetail: undefined,
    facts: [
      ["Quote number", quote.number ?? ""],
      [text.invoice.issued, language.day(quote.status_transitions.finalized_at ?? quote.created)],
      ["Expires", language.day(quote.expires_at)],
    ],
    billTo: [customer?.name, customer?.email].filter((line): line is string => Boolean(line)),
    shipTo: [],
    rows: lines.map((line) => rowOf(line, language)),
    totals: [
      total(text.invoice.subtotal, quote.amount_subtotal),
      ...(amount_discount === 0 ? [] : [total(text.invoice.discount, -amount_discount)]),
      ...(amount_tax === 0 ? [] : [total(text.invoice.tax, amount_tax)]),
      total(text.invoice.total, quote.amount_total, true),
    ],
    memo: [quote.header, quote.description].filter(Boolean).join("\n") || null,
    footer: quote.footer,
  };
};
