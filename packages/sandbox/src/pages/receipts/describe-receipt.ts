import { merchantName } from "../../engine/endpoints/merchant-name.js";
import { find } from "../../engine/world/find.js";
import type { Charge, Customer, Invoice, PaymentMethod } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { describeCard } from "../format/describe-card.js";
import type { InvoiceDocument } from "../invoices/describe-invoice.js";
import type { Language } from "../words/messages-for.js";

/** The languages of whoever paid, best first. */
export const localesOfPayer = (world: World, { customer }: Charge): readonly string[] =>
  find<Customer>(world.customers, customer as string | null)?.preferred_locales ?? [];

const numberOf = (world: World, charge: Charge): string | null | undefined => {
  const id = find(world.hidden.invoiceOfIntent, charge.payment_intent as string | null);
  return find<Invoice>(world.invoices, id)?.number;
};

/** Puts a payment into the words of a language. */
export const describeReceipt = (world: World, charge: Charge, language: Language): InvoiceDocument => {
  const { invoice, method } = { ...language.text, method: find(world.paymentMethods, charge.payment_method) };
  const money = (amount: number): string => language.money(amount, charge.currency);
  const number = numberOf(world, charge);
  const { email, name } = charge.billing_details;
  return {
    title: invoice.receipt,
    merchant: merchantName(world),
    status: { label: invoice.paid, tone: "good" },
    headline: money(charge.amount),
    headlineDetail: invoice.paidOn(language.day(charge.created)),
    facts: [
      ...(number ? [[invoice.number, number] as const] : []),
      [invoice.issued, language.day(charge.created)],
    ],
    billTo: [name, email ?? charge.receipt_email].filter((line): line is string => Boolean(line)),
    shipTo: [],
    rows: [
      {
        id: charge.id,
        name: charge.description ?? invoice.description,
        detail: method?.card ? describeCard(method as PaymentMethod, language.text) : undefined,
        quantity: "1",
        unit: money(charge.amount),
        amount: money(charge.amount),
      },
    ],
    totals: [
      { label: invoice.amountPaid, amount: money(charge.amount - charge.amount_refunded), strong: true },
    ],
    memo: null,
    footer: null,
  };
};
