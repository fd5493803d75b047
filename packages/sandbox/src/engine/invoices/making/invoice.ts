import { useUpDiscounts } from "../../discounts/discount.js";
import { type Context, seconds } from "../../world/context.js";
import { emit } from "../../world/emit.js";
import { find } from "../../world/find.js";
import { invalidRequest, StripeError } from "../../world/stripe-error.js";
import type { Invoice } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { takePendingItems } from "../items/pending-items.js";
import { recomputeInvoice } from "../totals/recompute-invoice.js";
import { blankInvoice, firstAttempt, type NewInvoice } from "./new-invoice.js";

/** Creates a draft with the lines and the invoice items that waited for it; its amounts follow from them. */
export const createInvoice = (world: World, ctx: Context, fields: NewInvoice): Invoice => {
  const { customer, subscription } = fields;
  const currency =
    fields.currency ?? subscription?.currency ?? customer.currency ?? String(world.account.default_currency);
  const invoice = blankInvoice(world, ctx, { ...fields, currency });
  invoice.next_payment_attempt = firstAttempt(world, invoice);
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

/** When a draft that advances by itself is finalized, in seconds: Stripe says a second after the first attempt. */
export const draftEnd = (world: World, ctx: Context): number =>
  seconds(ctx) + world.settings.draftSeconds + 1;

/** Refuses an action on an invoice in the wrong state, in Stripe's words. */
export const needStatus = (
  invoice: Invoice,
  status: Invoice["status"],
  message: string,
  code?: string,
): void => {
  if (invoice.status !== status) throw invalidRequest(message, code);
};

/** An invoice, or a 404. Stripe blames `invoice` on some addresses and `id` on others. */
export const needInvoice = (world: World, id: string, param: "id" | "invoice" = "id"): Invoice => {
  const invoice = find<Invoice>(world.invoices, id);
  if (invoice) return invoice;
  throw new StripeError(404, {
    type: "invalid_request_error",
    code: "resource_missing",
    doc_url: "https://stripe.com/docs/error-codes/resource-missing",
    message: `No such invoice: '${id}'`,
    param,
  });
};
