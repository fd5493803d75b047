import type Stripe from "stripe";
import { createProrationItems, pendingItemsFor } from "../../invoices/items/pending-items.js";
import { finalizeInvoice } from "../../invoices/paying/finalize-invoice.js";
import { defaultMethodOf, payInvoice } from "../../invoices/paying/pay-invoice.js";
import { type Context, seconds } from "../../world/context.js";
import { emit } from "../../world/emit.js";
import { atCustomer } from "../../world/test-clock.js";
import type { Given, Invoice, Subscription } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { invoiceChange } from "../changing/apply-update.js";
import { cancelSubscription, needLiving } from "../changing/cancel-subscription.js";
import { creditLine } from "../lines/proration.js";
import { usageLines } from "../lines/usage-lines.js";
import { isMetered } from "../terms/subscription-item.js";

export type CancelFields = Omit<Given<Stripe.SubscriptionCancelParams>, "expand">;

const paidAhead: readonly string[] = ["active", "past_due", "unpaid"];

/** Prorations that are no longer asked for go with the subscription. */
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
