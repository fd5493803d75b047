import type Stripe from "stripe";
import { checkDiscounts, setDiscounts } from "../../discounts/set-discounts.js";
import { type Context, seconds } from "../../world/context.js";
import { change } from "../../world/emit.js";
import { need } from "../../world/find.js";
import { invalidRequest } from "../../world/stripe-error.js";
import { atCustomer } from "../../world/test-clock.js";
import type { Customer, Given, Invoice } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { recomputeInvoice } from "../totals/recompute-invoice.js";
import { detailsOf } from "./invoice-details.js";
import { checkDueDate, dueDateOf } from "./invoice-due-date.js";
import { firstAttempt } from "./new-invoice.js";

export type InvoiceFields = Omit<
  Given<Stripe.InvoiceUpdateParams>,
  "expand" | "on_behalf_of" | "shipping_cost" | "transfer_data"
>;

/** What may still change once an invoice is finalized. */
const afterFinalization = [
  "auto_advance",
  "default_payment_method",
  "default_source",
  "metadata",
  "statement_descriptor",
];

const checkEditable = (invoice: Invoice, fields: InvoiceFields): void => {
  if (invoice.status === "draft") return;
  const frozen = Object.keys(fields).find((key) => !afterFinalization.includes(key));
  if (frozen) throw invalidRequest("Finalized invoices can't be updated in this way", undefined, frozen);
};

/** Sets when a draft moves on by itself; Stripe counts from its creation. */
const schedule = (world: World, ctx: Context, invoice: Invoice, fields: InvoiceFields): void => {
  if (fields.auto_advance !== undefined) invoice.auto_advance = fields.auto_advance;
  if (invoice.status === "open" && !invoice.auto_advance) invoice.next_payment_attempt = null;
  if (invoice.status !== "draft") return;
  const wanted = fields.automatically_finalizes_at;
  if (wanted !== undefined) invoice.auto_advance = true;
  const counted = Math.max(invoice.created + world.settings.draftSeconds + 1, seconds(ctx));
  const at = wanted ?? invoice.automatically_finalizes_at ?? counted;
  invoice.automatically_finalizes_at = invoice.auto_advance ? at : null;
  invoice.next_payment_attempt = firstAttempt(world, invoice);
};

/** Changes a draft, or the little that may change in a finalized invoice. */
export const updateInvoice = (
  world: World,
  ctx: Context,
  invoice: Invoice,
  fields: InvoiceFields,
): Invoice => {
  checkEditable(invoice, fields);
  const at = atCustomer(world, ctx, invoice.customer as string);
  const customer = need<Customer>(world.customers, "customer", invoice.customer as string, "customer");
  const collection = fields.collection_method ?? invoice.collection_method;
  checkDueDate(collection, fields, {
    needsDate: invoice.due_date === null && fields.collection_method !== undefined,
  });
  const named = fields.days_until_due != null || fields.due_date != null;
  const due = named ? dueDateOf(at, invoice.created, fields) : invoice.due_date;
  const details = detailsOf(world, customer, fields, invoice);
  const { currency, discounts } = invoice;
  const target = { customer: customer.id, currency, amount: invoice.subtotal };
  checkDiscounts(world, at, { ...target, held: discounts as string[] }, fields.discounts);
  return change(world, at, "invoice.updated", invoice, (draft) => {
    if (fields.discounts !== undefined)
      setDiscounts(world, at, { ...target, object: draft }, fields.discounts);
    Object.assign(draft, details);
    draft.collection_method = collection;
    draft.due_date = collection === "send_invoice" ? due : null;
    schedule(world, at, draft, fields);
    if (draft.status === "draft") recomputeInvoice(world, draft);
  });
};
