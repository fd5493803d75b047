import { voidInvoice } from "../invoices/paying/close-invoice.js";
import { finalizeInvoice } from "../invoices/paying/finalize-invoice.js";
import { markInvoicePaid } from "../invoices/paying/mark-invoice-paid.js";
import { settleSubscription } from "../subscriptions/changing/settle-subscription.js";
import { needInvoicePlace } from "../tax/tax-location.js";
import type { Context } from "../world/context.js";
import { emit } from "../world/emit.js";
import { find } from "../world/find.js";
import { invalidRequest } from "../world/stripe-error.js";
import { atCustomer } from "../world/test-clock.js";
import type { Invoice } from "../world/wire.js";
import type { World } from "../world/world.js";
import { finalizeAndCollect } from "./collect-invoice.js";

/** What costs nothing is paid at once. */
const payNothing = (world: World, ctx: Context, invoice: Invoice): void => {
  if (invoice.status !== "open" || invoice.amount_due > 0) return;
  markInvoicePaid(world, ctx, invoice);
  settleSubscription(world, ctx, invoice, { status: "succeeded" });
};

/** A finalized revision takes the place of what it revises. */
const replaceOriginal = (world: World, ctx: Context, invoice: Invoice): void => {
  const original = find<Invoice>(world.invoices, invoice.from_invoice?.invoice as string | undefined);
  if (!original) return;
  original.latest_revision = invoice.id;
  if (original.status === "open" || original.status === "uncollectible") voidInvoice(world, ctx, original);
};

/** Finalizes a draft because somebody asks for it now. With `advance` it is collected like any other. */
export const finalizeNow = (
  world: World,
  ctx: Context,
  invoice: Invoice,
  { advance }: { advance?: boolean | undefined },
): Invoice => {
  needInvoicePlace(world, invoice);
  const at = atCustomer(world, ctx, invoice.customer as string);
  if (advance !== undefined && invoice.status === "draft") invoice.auto_advance = advance;
  if (advance) finalizeAndCollect(world, at, invoice);
  else {
    finalizeInvoice(world, at, invoice);
    payNothing(world, at, invoice);
  }
  replaceOriginal(world, at, invoice);
  return invoice;
};

/** "Sends" an invoice: drafts are finalized first. No mail leaves the sandbox, only the event. */
export const sendInvoice = (world: World, ctx: Context, invoice: Invoice): Invoice => {
  if (invoice.status !== "draft" && invoice.status !== "open")
    throw invalidRequest(
      "This invoice cannot be sent right now. Please contact us via https://support.stripe.com/contact with details, so we can help.",
    );
  if (invoice.status === "draft") finalizeNow(world, ctx, invoice, {});
  emit(world, atCustomer(world, ctx, invoice.customer as string), "invoice.sent", invoice);
  return invoice;
};

/** Throws a draft away for good. What was on it is not billed again. */
export const deleteDraft = (world: World, ctx: Context, invoice: Invoice): void => {
  if (invoice.status !== "draft") throw invalidRequest("You can only delete draft invoices.");
  if (invoice.billing_reason !== "manual")
    throw invalidRequest("You can't delete invoices created by subscriptions.");
  delete world.invoices[invoice.id];
  emit(world, atCustomer(world, ctx, invoice.customer as string), "invoice.deleted", invoice);
};
