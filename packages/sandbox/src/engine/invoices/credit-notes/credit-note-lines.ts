import type Stripe from "stripe";
import { roundProduct, shortest, toScaled } from "../../money/decimal.js";
import { shareOf } from "../../money/share.js";
import { taxLine } from "../../tax/tax-line.js";
import type { Context } from "../../world/context.js";
import { mergeMetadata } from "../../world/metadata.js";
import { invalidRequest } from "../../world/stripe-error.js";
import type { CreditNote, CreditNoteLine, Given, Invoice, InvoiceLine } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { taxRatesNamed } from "../items/invoice-item.js";

export type GivenLine = Given<Stripe.CreditNoteCreateParams.Line>;

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

const blankLine = (ctx: Context, fields: Partial<CreditNoteLine>): CreditNoteLine => ({
  id: ctx.ids.id("cnli"),
  object: "credit_note_line_item",
  amount: 0,
  description: null,
  discount_amount: 0,
  discount_amounts: [],
  livemode: false,
  metadata: {},
  pretax_credit_amounts: [],
  quantity: null,
  tax_rates: [],
  taxes: [],
  type: "custom_line_item",
  unit_amount: null,
  unit_amount_decimal: null,
  ...fields,
});

/** A line of the invoice, given back in part: its discounts and taxes follow in proportion. */
const ofInvoiceLine = (ctx: Context, invoice: Invoice, given: GivenLine, at: string): CreditNoteLine => {
  const line = invoice.lines.data.find((row) => row.id === given.invoice_line_item);
  if (!line)
    throw invalidRequest(
      `No such invoice line item: '${given.invoice_line_item ?? ""}'`,
      "resource_missing",
      `${at}[invoice_line_item]`,
    );
  if (given.amount !== undefined && given.quantity !== undefined)
    throw invalidRequest(
      "You may only specify one of these parameters: amount, quantity.",
      "parameters_exclusive",
      `${at}[amount]`,
    );
  const whole = line.quantity ?? 1;
  const amount =
    given.amount ??
    (given.quantity === undefined ? line.amount : shareOf(line.amount, given.quantity, whole));
  if (amount > line.amount)
    throw invalidRequest(
      "The amount of the credit note line is greater than the invoice line's.",
      undefined,
      `${at}[${given.quantity === undefined ? "amount" : "quantity"}]`,
    );
  const part = (of: number): number => (line.amount === 0 ? 0 : shareOf(of, amount, line.amount));
  const discount_amounts = (line.discount_amounts ?? []).map((row) => ({ ...row, amount: part(row.amount) }));
  return blankLine(ctx, {
    amount,
    description: given.description ?? line.description,
    discount_amount: sum(discount_amounts.map((row) => row.amount)),
    discount_amounts,
    invoice_line_item: line.id,
    metadata: mergeMetadata({}, given.metadata),
    quantity: given.amount === undefined ? (given.quantity ?? line.quantity) : null,
    taxes: (line.taxes ?? []).map((tax) => ({
      ...structuredClone(tax),
      amount: part(tax.amount),
      taxable_amount: tax.taxable_amount === null ? null : part(tax.taxable_amount),
    })),
    type: "invoice_line_item",
    ...unitOf(line, given),
  });
};

const unitOf = (
  line: InvoiceLine,
  given: GivenLine,
): Pick<CreditNoteLine, "unit_amount" | "unit_amount_decimal"> => {
  const unit = line.pricing?.unit_amount_decimal ?? null;
  if (given.amount !== undefined || unit === null) return { unit_amount: null, unit_amount_decimal: null };
  return { unit_amount: Number.isInteger(Number(unit)) ? Number(unit) : null, unit_amount_decimal: unit };
};

const custom = (world: World, ctx: Context, given: GivenLine, at: string): CreditNoteLine => {
  const unit = given.unit_amount_decimal ?? given.unit_amount;
  const decimal = unit === undefined ? undefined : shortest(unit);
  const quantity = given.quantity ?? 1;
  const amount =
    given.amount ?? (decimal === undefined ? undefined : roundProduct(toScaled(decimal), toScaled(quantity)));
  if (amount === undefined)
    throw invalidRequest(
      `Missing required param: ${at}[unit_amount].`,
      "parameter_missing",
      `${at}[unit_amount]`,
    );
  if (amount <= 0) throw invalidRequest("A credit note's line must be above zero.", undefined, at);
  const rates = taxRatesNamed(world, given.tax_rates, `${at}[tax_rates]`);
  const applied = rates.map((rate) => ({
    id: rate.id,
    percent: rate.percentage,
    inclusive: rate.inclusive,
    reason: "standard_rated" as const,
  }));
  return blankLine(ctx, {
    amount,
    description: given.description ?? null,
    metadata: mergeMetadata({}, given.metadata),
    quantity: given.amount === undefined ? quantity : null,
    tax_rates: structuredClone(rates),
    taxes: taxLine(amount, applied),
    unit_amount: given.amount === undefined ? (given.unit_amount ?? null) : null,
    unit_amount_decimal: given.amount === undefined ? (decimal ?? null) : null,
  });
};

/** What a request credits, line by line; a bare amount is one line of its own. */
export const creditLines = (
  world: World,
  ctx: Context,
  invoice: Invoice,
  given: { amount?: number; lines?: GivenLine[] },
): CreditNoteLine[] => {
  if (given.lines === undefined || given.lines.length === 0)
    return [
      blankLine(ctx, {
        amount: given.amount ?? 0,
        description: `Credit for ${invoice.number ?? invoice.id}`,
      }),
    ];
  return given.lines.map((line, index) =>
    line.type === "invoice_line_item"
      ? ofInvoiceLine(ctx, invoice, line, `lines[${index}]`)
      : custom(world, ctx, line, `lines[${index}]`),
  );
};

/** What a line comes to: after its discounts, with the taxes that come on top. */
export const creditOf = (line: CreditNoteLine): number =>
  line.amount -
  line.discount_amount +
  sum((line.taxes ?? []).map((tax) => (tax.tax_behavior === "exclusive" ? tax.amount : 0)));

/** A credit note's `total_taxes`, one entry per rate. */
export const totalTaxes = (lines: CreditNoteLine[]): NonNullable<CreditNote["total_taxes"]> => {
  const byRate = new Map<string, NonNullable<CreditNote["total_taxes"]>[number]>();
  for (const tax of lines.flatMap((line) => line.taxes ?? [])) {
    const key = `${tax.tax_rate_details?.tax_rate}/${tax.tax_behavior}`;
    const known = byRate.get(key);
    if (!known) byRate.set(key, structuredClone(tax));
    else {
      known.amount += tax.amount;
      known.taxable_amount = (known.taxable_amount ?? 0) + (tax.taxable_amount ?? 0);
    }
  }
  return [...byRate.values()];
};

/** A credit note's `discount_amounts`, one entry per discount. */
export const discountsOf = (lines: CreditNoteLine[]): CreditNote["discount_amounts"] => {
  const byId = new Map<string, number>();
  for (const { amount, discount } of lines.flatMap((line) => line.discount_amounts))
    byId.set(discount as string, (byId.get(discount as string) ?? 0) + amount);
  return [...byId].map(([discount, amount]) => ({ amount, discount }));
};
