import { setDiscounts } from "../../discounts/set-discounts.js";
import { createInvoice, draftEnd } from "../../invoices/making/invoice.js";
import { type Context, seconds } from "../../world/context.js";
import { change, emit, moveLastEvent } from "../../world/emit.js";
import type { Invoice, Price, Subscription } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { addInvoiceItems } from "../changing/add-invoice-items.js";
import { addItem } from "../changing/add-item.js";
import { type CheckedSubscription, checkNewSubscription } from "../changing/check-new-subscription.js";
import { firstLines } from "../lines/first-lines.js";
import { noteBilled } from "../terms/billed-item.js";
import { type NewSubscription, newSubscription } from "../terms/new-subscription.js";
import { scheduleCancel } from "../terms/schedule-cancel.js";
import { cycleOf, type Period, periodFrom } from "../terms/subscription-period.js";

export type { NewSubscription } from "../terms/new-subscription.js";

const firstPeriod = (ctx: Context, subscription: Subscription, price: Price): Period => {
  const { trial_end, billing_cycle_anchor } = subscription;
  const now = seconds(ctx);
  if (trial_end !== null) return { start: now, end: trial_end };
  const { start, end } = periodFrom(billing_cycle_anchor, cycleOf(price, subscription), now);
  return { start, end };
};

/** Stores the subscription and its items, without an event yet. */
const build = (
  world: World,
  ctx: Context,
  fields: NewSubscription,
  checked: CheckedSubscription,
): Subscription => {
  const { customer, currency } = checked;
  const subscription = newSubscription(world, ctx, fields, checked);
  for (const item of fields.items)
    addItem(world, ctx, subscription, item, (price) => firstPeriod(ctx, subscription, price));
  world.subscriptions[subscription.id] = subscription;
  setDiscounts(world, ctx, { object: subscription, customer: customer.id, currency }, fields.discounts);
  scheduleCancel(ctx, subscription, fields);
  change(world, ctx, "customer.updated", customer, (draft) => {
    draft.currency ??= currency;
  });
  return subscription;
};

/** Stores a new subscription with its first invoice, a draft; `drafts` keeps it one for its hour. */
export const openSubscription = (
  world: World,
  ctx: Context,
  fields: NewSubscription,
  { drafts = fields.collection_method === "send_invoice" }: { drafts?: boolean } = {},
): { subscription: Subscription; invoice: Invoice; position: number } => {
  const checked = checkNewSubscription(world, ctx, fields);
  const subscription = build(world, ctx, fields, checked);
  const position = world.events.length;
  addInvoiceItems(world, ctx, subscription, fields.add_invoice_items);
  const now = seconds(ctx);
  const invoice = createInvoice(world, ctx, {
    customer: checked.customer,
    subscription,
    lines: firstLines(world, ctx, subscription, fields.proration_behavior !== "none"),
    reason: "subscription_create",
    period: { start: now, end: now },
    finalizesAt: drafts ? draftEnd(world, ctx) : null,
  });
  noteBilled(world, invoice.lines.data);
  subscription.latest_invoice = invoice.id;
  return { subscription, invoice, position };
};

/** Announces a new subscription, before the events of its invoice. */
export const announce = (world: World, ctx: Context, subscription: Subscription, position: number): void => {
  emit(world, ctx, "customer.subscription.created", subscription);
  moveLastEvent(world, position);
};
