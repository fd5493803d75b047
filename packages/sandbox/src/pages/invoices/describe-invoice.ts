import { merchantName } from "../../engine/endpoints/merchant-name.js";
import { find } from "../../engine/world/find.js";
import type { Customer, Invoice, InvoiceLine } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import type { Language } from "../words/messages-for.js";

export type InvoiceRow = {
  readonly id: string;
  readonly name: string;
  /** The period that the line is for, if it has a length. */
  readonly detail: string | undefined;
  readonly quantity: string;
  readonly unit: string;
  readonly amount: string;
};

type InvoiceTotal = { readonly label: string; readonly amount: string; readonly strong: boolean };

/** Everything that an invoice says, in words; its page and its PDF say the same. */
export type InvoiceDocument = {
  readonly title: string;
  readonly merchant: string;
  readonly status: { readonly label: string; readonly tone: "bad" | "good" | "none" | "soft" };
  readonly headline: string;
  /** Beside the large figure: when it is due, or was paid. */
  readonly headlineDetail: string | undefined;
  readonly facts: ReadonlyArray<readonly [label: string, value: string]>;
  readonly billTo: readonly string[];
  readonly shipTo: readonly string[];
  readonly rows: readonly InvoiceRow[];
  readonly totals: readonly InvoiceTotal[];
  readonly memo: string | null;
  readonly footer: string | null;
};

const tones = { draft: "none", open: "soft", paid: "good", uncollectible: "bad", void: "none" } as const;

type Address = Invoice["customer_address"];

const addressLines = (address: Address): string[] =>
  address
    ? [
        address.line1,
        address.line2,
        [address.postal_code, address.city].filter(Boolean).join(" "),
        address.state,
        address.country,
      ].filter((line): line is string => Boolean(line))
    : [];

const rowOf = (line: InvoiceLine, language: Language): InvoiceRow => {
  const { start, end } = line.period;
  const unit = line.pricing?.unit_amount_decimal ?? null;
  const whole = unit !== null && Number.isInteger(Number(unit));
  return {
    id: line.id,
    name: line.description ?? language.text.invoice.description,
    detail: end > start ? `${language.day(start, "short")} – ${language.day(end, "short")}` : undefined,
    quantity: new Intl.NumberFormat(language.tag).format(Number(line.quantity_decimal ?? line.quantity ?? 1)),
    unit: whole ? language.money(Number(unit), line.currency) : "",
    amount: language.money(line.amount, line.currency),
  };
};

const taxLabel = (world: World, language: Language, id: string | undefined): string => {
  const rate = find(world.taxRates, id);
  if (!rate) return language.text.invoice.tax;
  return `${rate.display_name} (${new Intl.NumberFormat(language.tag).format(rate.percentage)}%)`;
};

const discountLabel = (world: World, language: Language, id: unknown): string => {
  const coupon = find(world.discounts, id as string)?.source.coupon;
  const name = find(world.coupons, coupon as string | undefined)?.name;
  return name ? `${language.text.invoice.discount} (${name})` : language.text.invoice.discount;
};

const totalsOf = (world: World, invoice: Invoice, language: Language): InvoiceTotal[] => {
  const { text } = language;
  const plain = (label: string, amount: number, strong = false): InvoiceTotal => ({
    label,
    amount: language.money(amount, invoice.currency),
    strong,
  });
  const used = (invoice.ending_balance ?? invoice.starting_balance) - invoice.starting_balance;
  const credits = (invoice.total_pretax_credit_amounts ?? [])
    .filter(({ type }) => type === "credit_balance_transaction")
    .reduce((all, { amount }) => all + amount, 0);
  return [
    plain(text.invoice.subtotal, invoice.subtotal),
    ...(invoice.total_discount_amounts ?? [])
      .filter((row) => row.amount !== 0)
      .map((row) => plain(discountLabel(world, language, row.discount), -row.amount)),
    ...(credits === 0 ? [] : [plain(text.invoice.credits, -credits)]),
    ...(invoice.total_taxes ?? []).map((tax) =>
      plain(taxLabel(world, language, tax.tax_rate_details?.tax_rate), tax.amount),
    ),
    plain(text.invoice.total, invoice.total),
    ...(used === 0 ? [] : [plain(text.invoice.appliedBalance, -used)]),
    ...(invoice.amount_paid === 0 ? [] : [plain(text.invoice.amountPaid, -invoice.amount_paid)]),
    plain(text.invoice.amountDue, invoice.amount_remaining, true),
  ];
};

const factsOf = (invoice: Invoice, language: Language): Array<readonly [string, string]> => {
  const { text } = language;
  const { due_date, effective_at } = invoice;
  return [
    ...(invoice.number === null ? [] : [[text.invoice.number, invoice.number] as const]),
    [text.invoice.issued, language.day(effective_at ?? invoice.created)],
    ...(due_date === null ? [] : [[text.invoice.due, language.day(due_date)] as const]),
    ...(invoice.custom_fields ?? []).map(({ name, value }) => [name, value] as const),
  ];
};

/** Puts an invoice into the words of a language. */
export const describeInvoice = (world: World, invoice: Invoice, language: Language): InvoiceDocument => {
  const { text } = language;
  const status = invoice.status ?? "draft";
  const known = status in tones ? (status as keyof typeof tones) : "draft";
  const paidAt = invoice.status_transitions.paid_at;
  const isPaid = known === "paid";
  return {
    title: text.invoice.title,
    merchant: merchantName(world),
    status: { label: text.invoice[known], tone: tones[known] },
    headline: language.money(isPaid ? invoice.total : invoice.amount_remaining, invoice.currency),
    headlineDetail:
      isPaid && paidAt !== null ? text.invoice.paidOn(language.day(paidAt)) : dueIn(invoice, language),
    facts: factsOf(invoice, language),
    billTo: [invoice.customer_name, invoice.customer_email, ...addressLines(invoice.customer_address)].filter(
      (line): line is string => Boolean(line),
    ),
    shipTo: invoice.shipping_details
      ? [
          invoice.shipping_details.name ?? "",
          ...addressLines(invoice.shipping_details.address ?? null),
        ].filter(Boolean)
      : [],
    rows: invoice.lines.data.map((line) => rowOf(line, language)),
    totals: totalsOf(world, invoice, language),
    memo: invoice.description,
    footer: invoice.footer,
  };
};

const dueIn = (invoice: Invoice, language: Language): string | undefined =>
  invoice.status === "open" && invoice.due_date !== null
    ? language.text.invoice.dueOn(language.day(invoice.due_date))
    : undefined;

/** The languages that an invoice's customer asked for, best first. */
export const localesOf = (world: World, invoice: Invoice): readonly string[] =>
  find<Customer>(world.customers, invoice.customer as string)?.preferred_locales ?? [];
