import { merchantName } from "../../engine/endpoints/merchant-name.js";
import { find } from "../../engine/world/find.js";
import type { CreditNote, Invoice } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import type { Language } from "../words/messages-for.js";
import type { InvoiceDocument } from "./describe-invoice.js";

const titles = {
  order_change: "order change",
  duplicate: "duplicate",
  fraudulent: "fraudulent",
  product_unsatisfactory: "product unsatisfactory",
} as const;

const reasonOf = (note: CreditNote): string | null =>
  note.reason !== null && note.reason in titles ? titles[note.reason as keyof typeof titles] : null;

/** Puts a credit note into words. Its title is English; the rest follows the language. */
export const describeCreditNote = (world: World, note: CreditNote, language: Language): InvoiceDocument => {
  const { text } = language;
  const invoice = find<Invoice>(world.invoices, note.invoice as string);
  const money = (amount: number): string => language.money(amount, note.currency);
  const reason = reasonOf(note);
  const taxes = (note.total_taxes ?? []).map((tax) => ({
    label: text.invoice.tax,
    amount: money(tax.amount),
    strong: false,
  }));
  return {
    title: "Credit note",
    merchant: merchantName(world),
    status: { label: note.status === "void" ? text.invoice.void : "", tone: "none" },
    headline: money(note.total),
    headlineDetail: undefined,
    facts: [
      ["Credit note number", note.number],
      [text.invoice.number, invoice?.number ?? ""],
      [text.invoice.issued, language.day(note.effective_at ?? note.created)],
      ...(reason === null ? [] : [["Reason", reason] as const]),
    ],
    billTo: [invoice?.customer_name, invoice?.customer_email].filter((line): line is string => Boolean(line)),
    shipTo: [],
    rows: note.lines.data.map((line) => ({
      id: line.id,
      name: line.description ?? text.invoice.description,
      detail: undefined,
      quantity: line.quantity === null ? "" : String(line.quantity),
      unit: line.unit_amount === null ? "" : money(line.unit_amount),
      amount: money(line.amount),
    })),
    totals: [
      { label: text.invoice.subtotal, amount: money(note.subtotal), strong: false },
      ...(note.discount_amount === 0
        ? []
        : [{ label: text.invoice.discount, amount: money(-note.discount_amount), strong: false }]),
      ...taxes,
      { label: text.invoice.total, amount: money(note.total), strong: true },
    ],
    memo: note.memo,
    footer: null,
  };
};
