import { createProrationItems } from "../../invoices/items/pending-items.js";
import { createInvoice, draftEnd } from "../../invoices/making/invoice.js";
import { type Context, seconds } from "../../world/context.js";
import { need } from "../../world/find.js";
import type { Invoice, Subscription } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { noteBilled, noteMoreBilled } from "../terms/billed-item.js";
import { scheduleCancel } from "../terms/schedule-cancel.js";
import { periodEnd } from "../terms/subscription-period.js";
import { addInvoiceItems } from "./add-invoice-items.js";
import { type Bill, billChange } from "./bill-change.js";
import { changeItems } from "./change-items.js";
import type { SubscriptionFields } from "./check-update.js";
import { cutPeriods } from "./cut-period.js";
import { writePlain } from "./write-subscription.js";

/**
 * Drafts the invoice of a change: what it costs, and everything that waited. It is for the running period until
 * now, while its lines are for what comes.
 */
export const invoiceChange = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  { periods }: Pick<Bill, "periods">,
): Invoice => {
  const customer = need(world.customers, "customer", subscription.customer as string, "customer");
  const end = seconds(ctx);
  const start = Math.min(end, ...subscription.items.data.map((item) => item.current_period_start));
  const invoice = createInvoice(world, ctx, {
    customer,
    subscription,
    lines: periods,
    reason: "subscription_update",
    period: { start, end },
    finalizesAt: subscription.collection_method === "send_invoice" ? draftEnd(world, ctx) : null,
  });
  noteBilled(world, invoice.lines.data);
  return invoice;
};

/**
 * Writes an update into a subscription (or a copy of it) and drafts the invoice if money is asked for at
 * once. Nothing is collected and nothing is announced yet.
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
  const prorates = fields.proration_behavior !== "none";
  const cuts = cutPeriods(world, ctx, draft, { before: before.cancel_at, prorates });
  if (fields.proration_behavior === "always_invoice" && cuts.length > 0) bill.now = true;
  createProrationItems(world, ctx, draft, [...bill.prorations, ...cuts]);
  noteBilled(world, bill.prorations);
  for (const line of cuts) if (line.amount > 0) noteMoreBilled(world, line);
  addInvoiceItems(world, ctx, draft, fields.add_invoice_items);
  if (!bill.now) return undefined;
  const invoice = invoiceChange(world, ctx, draft, bill);
  draft.latest_invoice = invoice.id;
  return invoice;
};
