import type Stripe from "stripe";
import { invoiceChange } from "./apply-update.js";
import { cancelSubscription, needLiving } from "./cancel-subscription.js";
import { type Context, seconds } from "./context.js";
import { emit } from "./emit.js";
import { finalizeInvoice } from "./finalize-invoice.js";
import { defaultMethodOf, payInvoice } from "./pay-invoice.js";
import { createProrationItems, pendingItems, subscriptionOfItem } from "./pending-items.js";
import { creditLine } from "./proration.js";
import { isMetered } from "./subscription-item.js";
import { atCustomer } from "./test-clock.js";
import { usageLines } from "./usage-lines.js";
import type { Given, InvoiceItem, Subscription } from "./wire.js";
import type { World } from "./world.js";

export type CancelFields = Omit<Given<Stripe.SubscriptionCancelParams>, "expand">;

const paidAhead: readonly string[] = ["active", "past_due", "unpaid"];

const waiting = (world: World, { id, customer, currency }: Subscription): InvoiceItem[] =>
  pendingItems(world, { customer: customer as string, subscription: id, currency }).filter(
    (item) => subscriptionOfItem(item) === id,
  );

/** Prorations that nobody asks for any more go with the subscription. */
const dropProrations = (world: World, ctx: Context, subscription: Subscription): void => {
  for (const item of waiting(world, subscription)) {
    if (!item.proration) continue;
    delete world.invoiceItems[item.id];
    emit(world, ctx, "invoiceitem.deleted", item);
  }
};

const finalInvoice = (world: World, ctx: Context, subscription: Subscription): void => {
  const end = seconds(ctx);
  const usage = subscription.items.data.flatMap((item) => usageLines(world, ctx, subscription, item, end));
  if (waiting(world, subscription).length === 0 && usage.length === 0) return;
  const invoice = invoiceChange(world, ctx, subscription, { periods: usage });
  subscription.latest_invoice = invoice.id;
  if (subscription.collection_method === "send_invoice") return;
  finalizeInvoice(world, ctx, invoice);
  payInvoice(world, ctx, invoice, defaultMethodOf(world, subscription), { offSession: true });
};

/** Ends a subscription now, with what it pays back or still asks for. */
export const cancelNow = (
  world: World,
  now: Context,
  subscription: Subscription,
  { cancellation_details, invoice_now = false, prorate = false }: CancelFields,
): Subscription => {
  const ctx = atCustomer(world, now, subscription.customer as string);
  if (!invoice_now) dropProrations(world, ctx, subscription);
  if (prorate && paidAhead.includes(subscription.status)) {
    const credits = subscription.items.data
      .filter((item) => !isMetered(item.price))
      .map((item) => creditLine(world, ctx, subscription, item));
    createProrationItems(world, ctx, subscription, credits);
  }
  if (invoice_now) finalInvoice(world, ctx, subscription);
  return cancelSubscription(world, ctx, subscription, "cancellation_requested", cancellation_details);
};

/** `DELETE /v1/subscriptions/:id` */
export const cancelById = (world: World, ctx: Context, id: string, fields: CancelFields): Subscription =>
  cancelNow(world, ctx, needLiving(world, id), fields);
