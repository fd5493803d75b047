import type Stripe from "stripe";
import { checkDiscounts, setDiscounts } from "../../discounts/set-discounts.js";
import type { Context } from "../../world/context.js";
import { emit } from "../../world/emit.js";
import { find } from "../../world/find.js";
import { mergeMetadata } from "../../world/metadata.js";
import { invalidRequest, StripeError } from "../../world/stripe-error.js";
import { atCustomer } from "../../world/test-clock.js";
import type { Given, Invoice, InvoiceItem, InvoiceLine } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { costOf } from "../lines/item-cost.js";
import type { ItemPricing } from "../lines/item-pricing.js";
import { writeLine } from "../lines/line-of-item.js";
import { itemIdOf } from "../totals/item-id-of.js";
import { recomputeInvoice } from "../totals/recompute-invoice.js";
import { sayBehavior, taxRatesNamed } from "./invoice-item.js";

export type InvoiceItemFields = Omit<
  Given<Stripe.InvoiceItemUpdateParams>,
  "expand" | "invoicing_rules" | "price_data"
> & { price_data?: ItemPricing["price_data"] };

/** An invoice item, or Stripe's refusal in its own spelling. */
export const needInvoiceItem = (world: World, id: string): InvoiceItem => {
  const item = find<InvoiceItem>(world.invoiceItems, id);
  if (item) return item;
  throw new StripeError(404, {
    type: "invalid_request_error",
    code: "resource_missing",
    doc_url: "https://stripe.com/docs/error-codes/resource-missing",
    message: `No such Invoice Item: '${id}'(livemode=false)`,
    param: "id",
  });
};

const priceKeys = [
  "amount",
  "price_data",
  "pricing",
  "quantity",
  "quantity_decimal",
  "unit_amount_decimal",
] as const;

/** What the item's price becomes: what the request names, and the rest as it was. */
const repriced = (item: InvoiceItem, fields: InvoiceItemFields): ItemPricing | undefined => {
  if (priceKeys.every((key) => fields[key] === undefined)) return undefined;
  const { amount, price_data, pricing, quantity, quantity_decimal, unit_amount_decimal } = fields;
  const given: ItemPricing = { description: fields.description ?? item.description };
  if (amount !== undefined) return { ...given, amount };
  const count = quantity_decimal ?? (quantity === undefined ? item.quantity_decimal : String(quantity));
  if (price_data) return { ...given, price_data, quantity_decimal: count };
  if (pricing) return { ...given, pricing, quantity_decimal: count };
  const unit = unit_amount_decimal ?? item.pricing?.unit_amount_decimal ?? String(item.amount);
  return { ...given, unit_amount_decimal: unit, quantity_decimal: count };
};

/** The line that an item became, and the draft that it is on. */
const placeOf = (world: World, item: InvoiceItem): { invoice: Invoice; line: InvoiceLine } | undefined => {
  const invoice = find<Invoice>(world.invoices, item.invoice as string | null);
  const line = invoice?.lines.data.find((row) => itemIdOf(row) === item.id);
  return invoice && line ? { invoice, line } : undefined;
};

const checkEditable = (world: World, item: InvoiceItem): void => {
  if (item.invoice === null) return;
  const place = placeOf(world, item);
  if (!place) throw invalidRequest("This invoice item has been deleted.");
  if (place.invoice.status !== "draft")
    throw invalidRequest(
      "This invoice item is attached to an invoice that is no longer editable.",
      "invoice_not_editable",
    );
};

/** Changes an item that waits or is on a draft; its line follows. */
export const updateInvoiceItem = (
  world: World,
  ctx: Context,
  item: InvoiceItem,
  fields: InvoiceItemFields,
): InvoiceItem => {
  const { metadata, ...others } = fields;
  if (Object.keys(others).length > 0) checkEditable(world, item);
  const given = repriced(item, fields);
  const cost = given && costOf(world, given, item.currency);
  const rates = fields.tax_rates === undefined ? undefined : taxRatesNamed(world, fields.tax_rates);
  const at = atCustomer(world, ctx, item.customer as string);
  const held = (placeOf(world, item)?.invoice.discounts ?? []) as string[];
  const target = { customer: item.customer as string, currency: item.currency, amount: item.amount };
  const kept = [...held, ...((item.discounts ?? []) as string[])];
  checkDiscounts(world, at, { ...target, held: kept }, fields.discounts);
  if (cost) {
    item.amount = cost.amount;
    item.quantity = cost.quantity;
    item.quantity_decimal = cost.quantityDecimal;
    item.pricing = cost.pricing(at);
  }
  if (fields.description !== undefined) item.description = fields.description || null;
  if (fields.discountable !== undefined) item.discountable = fields.discountable;
  if (fields.discounts !== undefined)
    setDiscounts(world, at, { ...target, object: item, held }, fields.discounts);
  if (fields.period !== undefined) item.period = { ...fields.period };
  if (rates) item.tax_rates = structuredClone(rates);
  sayBehavior(world, item, fields.tax_behavior);
  item.metadata = mergeMetadata(item.metadata ?? {}, metadata);
  followItem(world, item);
  return item;
};

/** Updates an item's line on a draft to what the item says now. */
const followItem = (world: World, item: InvoiceItem): void => {
  const place = placeOf(world, item);
  if (place?.invoice.status !== "draft") return;
  writeLine(place.line, item);
  if (item.tax_rates && item.tax_rates.length > 0)
    world.hidden.taxRatesOfLine[place.line.id] = item.tax_rates.map((rate) => rate.id);
  else delete world.hidden.taxRatesOfLine[place.line.id];
  recomputeInvoice(world, place.invoice);
};

/** Removes an item that waits or is on a draft. */
export const deleteInvoiceItem = (world: World, ctx: Context, item: InvoiceItem): void => {
  const place = placeOf(world, item);
  if (item.invoice !== null && place?.invoice.status !== "draft")
    throw invalidRequest(
      "Can't delete an invoice item that is attached to an invoice that is no longer editable",
    );
  delete world.invoiceItems[item.id];
  if (place) {
    const { data } = place.invoice.lines;
    data.splice(data.indexOf(place.line), 1);
    recomputeInvoice(world, place.invoice);
  }
  emit(world, atCustomer(world, ctx, item.customer as string), "invoiceitem.deleted", item);
};
