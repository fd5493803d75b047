import type Stripe from "stripe";
import { checkDiscounts } from "../../discounts/set-discounts.js";
import type { Context } from "../../world/context.js";
import { change } from "../../world/emit.js";
import { need } from "../../world/find.js";
import { invalidRequest } from "../../world/stripe-error.js";
import { atCustomer } from "../../world/test-clock.js";
import type { Given, Invoice, InvoiceItem } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { costOf } from "../lines/item-cost.js";
import { checkLineRoom, createInvoiceItem, putOnInvoice, taxRatesNamed } from "./invoice-item.js";
import { checkLinesEditable, purchaseOf } from "./update-lines.js";

type NewLine = Omit<Given<Stripe.InvoiceAddLinesParams.Line>, "tax_amounts">;

const waiting = (world: World, invoice: Invoice, id: string, param: string): InvoiceItem => {
  const item = need<InvoiceItem>(world.invoiceItems, "invoiceitem", id, param);
  if (item.invoice !== null || item.customer !== invoice.customer)
    throw invalidRequest(`The invoice item ${id} can't be added to this invoice.`, undefined, param);
  return item;
};

/** Refuses a new line before any of its neighbours is added. */
const checkNewLine = (world: World, ctx: Context, invoice: Invoice, line: NewLine, prefix: string): void => {
  if (line.invoice_item !== undefined) {
    waiting(world, invoice, line.invoice_item, `${prefix}[invoice_item]`);
    return;
  }
  taxRatesNamed(world, line.tax_rates, `${prefix}[tax_rates]`);
  costOf(world, line, invoice.currency, prefix);
  checkDiscounts(world, ctx, purchaseOf(invoice), line.discounts, `${prefix}[discounts]`);
};

/** Adds lines to a draft: from items that wait, or new ones. */
export const addLines = (world: World, ctx: Context, invoice: Invoice, lines: NewLine[]): Invoice => {
  checkLinesEditable(invoice);
  const at = atCustomer(world, ctx, invoice.customer as string);
  checkLineRoom(invoice, lines.length);
  lines.forEach((line, index) => {
    checkNewLine(world, at, invoice, line, `lines[${index}]`);
  });
  return change(world, at, "invoice.updated", invoice, (draft) => {
    for (const { invoice_item, ...fields } of lines) {
      if (invoice_item !== undefined)
        putOnInvoice(world, at, draft, waiting(world, draft, invoice_item, "invoice_item"));
      else
        createInvoiceItem(world, at, {
          ...fields,
          tax_rates: fields.tax_rates ?? [],
          invoice: draft.id,
          customer: draft.customer as string,
        });
    }
  });
};
