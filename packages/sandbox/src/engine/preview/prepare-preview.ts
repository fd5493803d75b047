import type Stripe from "stripe";
import { createCustomer, needCustomer } from "../customers/customer.js";
import { createTaxId } from "../customers/tax-id.js";
import { addressOf } from "../customers/write-customer.js";
import { setDiscounts } from "../discounts/set-discounts.js";
import { needInvoiceItem, updateInvoiceItem } from "../invoices/items/change-invoice-item.js";
import { createInvoiceItem } from "../invoices/items/invoice-item.js";
import { pendingItems } from "../invoices/items/pending-items.js";
import type { Context } from "../world/context.js";
import type { Customer, Given, Subscription } from "../world/wire.js";
import type { World } from "../world/world.js";

/** What an invoice is to be previewed for, and which changes are to be made first. */
export type PreviewFields = Omit<Given<Stripe.InvoiceCreatePreviewParams>, "expand">;

type InvoiceItemFields = NonNullable<PreviewFields["invoice_items"]>[number];

/** The customer that a request names, or one made up for the preview. */
export const nameCustomer = (scratch: World, ctx: Context, fields: PreviewFields): Customer =>
  fields.customer === undefined
    ? createCustomer(scratch, ctx, {})
    : needCustomer(scratch, fields.customer, "customer");

const dressCustomer = (scratch: World, ctx: Context, fields: PreviewFields, customer: Customer): void => {
  const { address, shipping, tax_exempt, tax_ids } = fields.customer_details ?? {};
  if (address !== undefined) customer.address = address && addressOf(address);
  if (shipping !== undefined)
    customer.shipping = shipping && { ...shipping, address: addressOf(shipping.address) };
  if (tax_exempt !== undefined) customer.tax_exempt = tax_exempt ?? "none";
  for (const { type, value } of tax_ids ?? [])
    createTaxId(scratch, ctx, { type, value, owner: { customer: customer.id, type: "customer" } });
};

/** Adds an item to the preview, or changes one that waits already. */
const addItem = (
  scratch: World,
  ctx: Context,
  customer: Customer,
  subscription: Subscription | undefined,
  given: InvoiceItemFields,
): void => {
  const { currency, description, price, unit_amount, invoiceitem, tax_rates, ...item } = given;
  const fields = {
    ...item,
    ...(description === undefined ? {} : { description }),
    ...(tax_rates ? { tax_rates } : {}),
    ...(price === undefined ? {} : { pricing: { price } }),
    ...(unit_amount === undefined ? {} : { unit_amount_decimal: String(unit_amount) }),
  };
  if (invoiceitem !== undefined)
    updateInvoiceItem(scratch, ctx, needInvoiceItem(scratch, invoiceitem), fields);
  else
    createInvoiceItem(scratch, ctx, {
      ...fields,
      customer: customer.id,
      ...(currency === undefined ? {} : { currency }),
      ...(subscription ? { subscription: subscription.id } : {}),
    });
};

/** What is billed again and again is all that the recurring preview shows. */
const dropPending = (scratch: World, customer: Customer, subscription: Subscription): void => {
  const wanted = { customer: customer.id, subscription: subscription.id, currency: subscription.currency };
  for (const item of pendingItems(scratch, wanted)) delete scratch.invoiceItems[item.id];
};

const setTax = (subscription: Subscription, enabled: boolean): void => {
  subscription.automatic_tax = {
    disabled_reason: null,
    enabled,
    liability: enabled ? { type: "self" } : null,
  };
};

/** Puts into a scratch world what a preview is to be made with: who pays, discounts, taxes and further items. */
export const prepare = (
  scratch: World,
  ctx: Context,
  fields: PreviewFields,
  customer: Customer,
  subscription: Subscription | undefined,
): void => {
  dressCustomer(scratch, ctx, fields, customer);
  if (fields.discounts === null) customer.discount = null;
  if (subscription) {
    const target = { object: subscription, customer: customer.id, currency: subscription.currency };
    setDiscounts(scratch, ctx, target, fields.discounts);
    if (fields.automatic_tax) setTax(subscription, fields.automatic_tax.enabled);
  }
  if (subscription && fields.preview_mode === "recurring") dropPending(scratch, customer, subscription);
  for (const item of fields.invoice_items ?? []) addItem(scratch, ctx, customer, subscription, item);
};
