import type Stripe from "stripe";
import { createProrationItems, pendingItemsFor } from "../../invoices/items/pending-items.js";
import { usageLines } from "../../invoices/lines/usage-lines.js";
import { createInvoice, draftEnd } from "../../invoices/making/invoice.js";
import { type Context, seconds } from "../../world/context.js";
import { emit } from "../../world/emit.js";
import { need } from "../../world/find.js";
import { atCustomer } from "../../world/test-clock.js";
import { touch } from "../../world/touch.js";
import type { Given, Invoice, Subscription } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { cancelSubscription, needLiving } from "../changing/cancel-subscription.js";
import { creditLines } from "../lines/proration.js";
import { checkFeedbackOption } from "../terms/feedback-option.js";
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

/** The last invoice is a draft for its hour, like a renewal's; one that owes the customer is given up soon. */
const finalInvoice = (world: World, ctx: Context, subscription: Subscription): Invoice | undefined => {
  const end = seconds(ctx);
  const usage = subscription.items.data.flatMap((item) => usageLines(world, ctx, subscription, item, end));
  if (pendingItemsFor(world, subscription).length === 0 && usage.length === 0) return undefined;
  const start = Math.min(end, ...subscription.items.data.map((item) => item.current_period_start));
  const invoice = createInvoice(world, ctx, {
    customer: need(world.customers, "customer", subscription.customer as string, "customer"),
    subscription,
    lines: usage,
    reason: "subscription_cycle",
    period: { start, end },
    finalizesAt: draftEnd(world, ctx),
  });
  subscription.latest_invoice = invoice.id;
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
  const option = cancellation_details?.feedback_option;
  checkFeedbackOption(world, option, "cancellation_details[feedback_option]");
  // https://docs.stripe.com/api/subscriptions/cancel
  if (!invoice_now && !prorate) dropProrations(world, ctx, subscription);
  if (prorate && paidAhead.includes(subscription.status)) {
    const credits = subscription.items.data
      .filter((item) => !isMetered(item.price))
      .flatMap((item) => creditLines(world, ctx, subscription, item));
    // Without an invoice of its own, the credit is for whatever the customer is billed for next.
    createProrationItems(world, ctx, subscription, credits, { outlives: !invoice_now });
  }
  // An end that was planned is no longer ahead.
  subscription.cancel_at = null;
  subscription.cancel_at_period_end = false;
  const last = invoice_now ? finalInvoice(world, ctx, subscription) : undefined;
  cancelSubscription(world, ctx, subscription, "cancellation_requested", cancellation_details, last);
  // What lies ahead of it depends on its subscription's end.
  if (last) touch(world, last.id);
  return subscription;
};

/** `DELETE /v1/subscriptions/:id` */
export const cancelById = (world: World, ctx: Context, id: string, fields: CancelFields): Subscription =>
  cancelNow(world, ctx, needLiving(world, id), fields);
