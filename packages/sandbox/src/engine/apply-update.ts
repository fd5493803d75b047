import { addInvoiceItems } from "./add-invoice-items.js";
import { type Bill, billChange } from "./bill-change.js";
import { noteBilled } from "./billed-item.js";
import { changeItems } from "./change-items.js";
import { type Context, seconds } from "./context.js";
import { cutPeriods } from "./cut-period.js";
import { need } from "./find.js";
import { createInvoice, draftEnd } from "./invoice.js";
import { createProrationItems } from "./pending-items.js";
import { scheduleCancel } from "./schedule-cancel.js";
import { periodEnd } from "./subscription-period.js";
import type { SubscriptionFields } from "./subscription-update.js";
import type { Invoice, Subscription } from "./wire.js";
import type { World } from "./world.js";
import { writePlain } from "./write-subscription.js";

/** Drafts the invoice of a change: what it costs, and everything that waited. */
export const invoiceChange = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  { periods }: Pick<Bill, "periods">,
): Invoice => {
  const customer = need(world.customers, "customer", subscription.customer as string, "customer");
  const now = seconds(ctx);
  const invoice = createInvoice(world, ctx, {
    customer,
    subscription,
    lines: periods,
    reason: "subscription_update",
    period: { start: now, end: now },
    finalizesAt: subscription.collection_method === "send_invoice" ? draftEnd(world, ctx) : null,
  });
  noteBilled(world, invoice.lines.data);
  return invoice;
};

/**
 * Writes an update into a subscription (or a copy of it) and drafts the invoice if money is asked for at once.
 * Nothing is collected and nothing is told yet.
 */
export const applyUpdate = (
  world: World,
  ctx: Context,
  draft: Subscription,
  fields: SubscriptionFields,
): Invoice | undefined => {
  const before = structuredClone(draft);
  writePlain(world, ctx, draft, fields);
  if (fields.items) changeItems(world, ctx, draft, fields.items);
  const bill = billChange(world, ctx, before, draft, fields);
  scheduleCancel(ctx, draft, fields);
  if (draft.cancel_at_period_end) draft.cancel_at = periodEnd(draft);
  const cuts = cutPeriods(world, ctx, draft, before.cancel_at);
  if (fields.proration_behavior !== "none") bill.prorations.push(...cuts);
  if (fields.proration_behavior === "always_invoice" && cuts.length > 0) bill.now = true;
  createProrationItems(world, ctx, draft, bill.prorations);
  noteBilled(world, bill.prorations);
  addInvoiceItems(world, ctx, draft, fields.add_invoice_items);
  if (!bill.now) return undefined;
  const invoice = invoiceChange(world, ctx, draft, bill);
  draft.latest_invoice = invoice.id;
  return invoice;
};
