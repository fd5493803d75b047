import type Stripe from "stripe";
import { checkDiscounts, setDiscounts } from "../../discounts/set-discounts.js";
import type { Context } from "../../world/context.js";
import { change } from "../../world/emit.js";
import { find, need } from "../../world/find.js";
import { mergeMetadata } from "../../world/metadata.js";
import { invalidRequest } from "../../world/stripe-error.js";
import { atCustomer } from "../../world/test-clock.js";
import type { Given, Invoice, InvoiceItem, InvoiceLine } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { costOf } from "../lines/item-cost.js";
import { itemIdOf } from "../totals/item-id-of.js";
import { recomputeInvoice } from "../totals/recompute-invoice.js";
import { updateInvoiceItem } from "./change-invoice-item.js";
import { taxRatesNamed } from "./invoice-item.js";

type LineFields = Omit<Given<Stripe.InvoiceUpdateLineItemParams>, "expand" | "tax_amounts">;

/** For whom a line's discounts are redeemed, and which of the invoice's it may keep. */
export const purchaseOf = (invoice: Invoice) => ({
  customer: invoice.customer as string,
  currency: invoice.currency,
  amount: null,
  held: invoice.discounts as string[],
});

/** Refuses to touch the lines of a finalized invoice. */
export const checkLinesEditable = (invoice: Invoice): void => {
  if (invoice.status !== "draft")
    throw invalidRequest("Invalid invoice: This invoice is no longer editable", "invoice_not_editable");
};

/** A line of an invoice, or Stripe's refusal. */
export const needLine = (invoice: Invoice, id: string, param = "id"): InvoiceLine => {
  const line = invoice.lines.data.find((row) => row.id === id);
  return need(line ? { [id]: line } : {}, "invoice line item", id, param);
};

/** The invoice item behind a line; a subscription's line has none. */
export const itemOf = (world: World, line: InvoiceLine): InvoiceItem | undefined =>
  find<InvoiceItem>(world.invoiceItems, itemIdOf(line));

const priced = ["amount", "price_data", "pricing", "quantity", "quantity_decimal"] as const;

/** Refuses what a line can't become. */
const checkLine = (
  world: World,
  ctx: Context,
  invoice: Invoice,
  line: InvoiceLine,
  fields: LineFields,
  prefix: string,
): void => {
  const held = [...purchaseOf(invoice).held, ...(line.discounts as string[])];
  const param = prefix === "" ? "discounts" : `${prefix}[discounts]`;
  checkDiscounts(world, ctx, { ...purchaseOf(invoice), held }, fields.discounts, param);
  taxRatesNamed(world, fields.tax_rates, prefix === "" ? "tax_rates" : `${prefix}[tax_rates]`);
  const names = priced.filter((key) => fields[key] !== undefined);
  if (names.length === 0) return;
  if (!itemOf(world, line))
    throw invalidRequest("The amount of a subscription's line can't be changed.", undefined, names[0]);
  // A new quantity alone keeps the price.
  if (fields.amount !== undefined || fields.price_data || fields.pricing)
    costOf(world, fields, line.currency, prefix);
};

const writePlainLine = (world: World, line: InvoiceLine, fields: LineFields): void => {
  if (fields.description !== undefined) line.description = fields.description || null;
  if (fields.discountable !== undefined) line.discountable = fields.discountable;
  if (fields.period !== undefined) line.period = { ...fields.period };
  line.metadata = mergeMetadata(line.metadata, fields.metadata);
  if (fields.tax_rates === undefined) return;
  if (fields.tax_rates && fields.tax_rates.length > 0)
    world.hidden.taxRatesOfLine[line.id] = [...fields.tax_rates];
  else delete world.hidden.taxRatesOfLine[line.id];
};

const writeFields = (
  world: World,
  ctx: Context,
  invoice: Invoice,
  line: InvoiceLine,
  fields: LineFields,
): void => {
  const item = itemOf(world, line);
  if (item) {
    updateInvoiceItem(world, ctx, item, fields);
    return;
  }
  writePlainLine(world, line, fields);
  setDiscounts(world, ctx, { ...purchaseOf(invoice), object: line }, fields.discounts);
};

/** Changes lines of a draft; what an invoice item says changes with its line. */
export const updateLines = (
  world: World,
  ctx: Context,
  invoice: Invoice,
  lines: Array<LineFields & { id: string }>,
  prefixOf: (index: number) => string = (index) => `lines[${index}]`,
): Invoice => {
  checkLinesEditable(invoice);
  const at = atCustomer(world, ctx, invoice.customer as string);
  lines.forEach(({ id, ...fields }, index) => {
    checkLine(
      world,
      at,
      invoice,
      needLine(invoice, id, prefixOf(index) === "" ? "id" : `${prefixOf(index)}[id]`),
      fields,
      prefixOf(index),
    );
  });
  return change(world, at, "invoice.updated", invoice, (draft) => {
    for (const { id, ...fields } of lines) writeFields(world, at, draft, needLine(draft, id), fields);
    recomputeInvoice(world, draft);
  });
};

/** Changes one line of a draft, and returns it. */
export const updateLine = (
  world: World,
  ctx: Context,
  invoice: Invoice,
  id: string,
  fields: LineFields,
): InvoiceLine => {
  updateLines(world, ctx, invoice, [{ ...fields, id }], () => "");
  return needLine(invoice, id);
};
