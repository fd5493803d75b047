import { type Context, seconds } from "./context.js";
import { useUpDiscounts } from "./discount.js";
import { emit } from "./emit.js";
import { blankInvoice, type NewInvoice } from "./new-invoice.js";
import { takePendingItems } from "./pending-items.js";
import { recomputeInvoice } from "./recompute-invoice.js";
import { invalidRequest } from "./stripe-error.js";
import type { Invoice } from "./wire.js";
import type { World } from "./world.js";

/** Creates a draft with the lines and the invoice items that waited for it; its amounts follow from them. */
export const createInvoice = (world: World, ctx: Context, fields: NewInvoice): Invoice => {
  const { customer, subscription } = fields;
  const currency =
    fields.currency ?? subscription?.currency ?? customer.currency ?? String(world.account.default_currency);
  const invoice = blankInvoice(world, ctx, { ...fields, currency });
  world.invoices[invoice.id] = invoice;
  const waiting = (fields.takesPending ?? subscription !== null) ? takePendingItems(world, ctx, invoice) : [];
  for (const line of fields.lines) line.invoice = invoice.id;
  invoice.lines.data = [...waiting, ...fields.lines];
  fields.prepare?.(invoice);
  recomputeInvoice(world, invoice);
  emit(world, ctx, "invoice.created", invoice);
  useUpDiscounts(world, ctx, invoice);
  return invoice;
};

/** When a draft that advances by itself becomes payable, in seconds. */
export const draftEnd = (world: World, ctx: Context): number => seconds(ctx) + world.settings.draftSeconds;

/** Refuses an action on an invoice in the wrong state, in Stripe's words. */
export const needStatus = (
  invoice: Invoice,
  status: Invoice["status"],
  message: string,
  code?: string,
): void => {
  if (invoice.status !== status) throw invalidRequest(message, code);
};
