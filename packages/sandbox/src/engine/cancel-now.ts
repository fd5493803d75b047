import type Stripe from "stripe";
import { invoiceChange } from "./apply-update.js";
import { cancelSubscription, needLiving } from "./cancel-subscription.js";
import { type Context, seconds } from "./context.js";
import { emit } from "./emit.js";
import { finalizeInvoice } from "./finalize-invoice.js";
import { defaultMethodOf, payInvoice } from "./pay-invoice.js";
import { createProrationItems, pendingItemsFor } from "./pending-items.js";
import { creditLine } from "./proration.js";
import { isMetered } from "./subscription-item.js";
import { atCustomer } from "./test-clock.js";
import { usageLines } from "./usage-lines.js";
import type { Given, Invoice, Subscription } from "./wire.js";
import type { World } from "./world.js";

export type CancelFields = Omit<Given<Stripe.SubscriptionCancelParams>, "expand">;

const paidAhead: readonly string[] = ["active", "past_due", "unpaid"];

/** Prorations that nobody asks for any more go with the subscription. */
const dropProrations = (world: World, ctx: Context, subscription: Subscription): void => {
  for (const item of pendingItemsFor(world, subscription)) {
    if (!item.proration) continue;
    delete world.invoiceItems[item.id];
    emit(world, ctx, "invoiceitem.deleted", item);
  }
};

const finalInvoice = (world: World, ctx: Context, subscription: Subscription): Invoice | undefined => {
  const end = seconds(ctx);
  const usage = subscription.items.data.flatMap((item) => usageLines(world, ctx, subscription, item, end));
  if (pendingItemsFor(world, subscription).length === 0 && usage.length === 0) return undefined;
  const invoice = invoiceChange(world, ctx, subscription, { periods: usage });
  subscription.latest_invoice = invoice.id;
  if (subscription.collection_method === "send_invoice") return invoice;
  finalizeInvoice(world, ctx, invoice);
  payInvoice(world, ctx, invoice, defaultMethodOf(world, subscription), {});
  return invoice;
};

/** Ends a subscription now, with what it pays back or still asks for. */
export const cancelNow = (
  world: World,
  now: Context,
  subscription: Subscription,
  { cancellation_details, invoice_now = false, prorate = false }: CancelFields,
): Subscription => {
  const ctx = atCustomer(world, now, subscription.customer as string);
  // https://docs.stripe.com/api/subscriptions/cancel
  if (!invoice_now && !prorate) dropProrations(world, ctx, subscription);
  if (prorate && paidAhead.includes(subscription.status)) {
    const credits = subscription.items.data
      .filter((item) => !isMetered(item.price))
      .map((item) => creditLine(world, ctx, subscription, item));
    createProrationItems(world, ctx, subscription, credits);
  }
  const last = invoice_now ? finalInvoice(world, ctx, subscription) : undefined;
  return cancelSubscription(world, ctx, subscription, "cancellation_requested", cancellation_details, last);
};

/** `DELETE /v1/subscriptions/:id` */
export const cancelById = (world: World, ctx: Context, id: string, fields: CancelFields): Subscription =>
  cancelNow(world, ctx, needLiving(world, id), fields);
