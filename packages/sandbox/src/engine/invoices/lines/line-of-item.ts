import type { Context } from "../../world/context.js";
import type { InvoiceItem, InvoiceLine } from "../../world/wire.js";

type ProrationDetails = { credited_items: { invoice: string; invoice_line_items: string[] } | null };

/** The lines that a credit gives back a part of; null while they wait for an invoice themselves. */
const creditedBy = (item: InvoiceItem): ProrationDetails => {
  const { invoice, invoice_line_items = [] } =
    item.proration_details?.credited_items?.invoice_line_item_details ?? {};
  return {
    credited_items: invoice === undefined ? null : { invoice, invoice_line_items: [...invoice_line_items] },
  };
};

/** The item that a line was made from, as the line shows it. */
const parentOf = (item: InvoiceItem): InvoiceLine["parent"] => {
  const details = item.parent?.subscription_details;
  const proration_details = creditedBy(item);
  if (details?.subscription_item !== undefined)
    return {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: item.id,
        proration: item.proration,
        proration_details,
        subscription: details.subscription,
        subscription_item: details.subscription_item,
      },
      type: "subscription_item_details",
    };
  return {
    invoice_item_details: {
      invoice_item: item.id,
      proration: item.proration,
      proration_details,
      subscription: details?.subscription ?? null,
    },
    subscription_item_details: null,
    type: "invoice_item_details",
  };
};

/** Writes what an invoice item says into its line. */
export const writeLine = (line: InvoiceLine, item: InvoiceItem): void => {
  line.amount = item.amount;
  line.subtotal = item.amount;
  line.currency = item.currency;
  line.description = item.description;
  line.discountable = item.discountable;
  line.discounts = [...(item.discounts ?? [])];
  line.metadata = { ...item.metadata };
  line.period = { ...item.period };
  line.pricing = item.pricing && structuredClone(item.pricing);
  line.quantity = item.quantity;
  line.quantity_decimal = item.quantity_decimal;
};

/** The line that an invoice item becomes on its invoice. */
export const lineOfItem = (ctx: Context, item: InvoiceItem): InvoiceLine => {
  const line: InvoiceLine = {
    id: ctx.ids.id("il"),
    object: "line_item",
    amount: item.amount,
    currency: item.currency,
    description: item.description,
    discount_amounts: [],
    discountable: item.discountable,
    discounts: [],
    invoice: item.invoice as string | null,
    livemode: false,
    metadata: {},
    parent: parentOf(item),
    period: { ...item.period },
    pretax_credit_amounts: [],
    pricing: null,
    quantity: item.quantity,
    quantity_decimal: item.quantity_decimal,
    subscription: item.parent?.subscription_details?.subscription ?? null,
    subtotal: item.amount,
    taxes: [],
  };
  writeLine(line, item);
  return line;
};
