import { periodAt } from "./billing-cycle.js";
import { cancelSubscription } from "./cancel-subscription.js";
import { type Context, seconds } from "./context.js";
import { change, emit } from "./emit.js";
import { need } from "./find.js";
import { createInvoice } from "./invoice.js";
import { describeItem, itemLine } from "./invoice-line.js";
import { defaultMethodOf } from "./pay-invoice.js";
import { priceAmount } from "./price-amount.js";
import type { InvoiceLine, Subscription, SubscriptionItem } from "./wire.js";
import type { World } from "./world.js";

/** A renewal's invoice stays a draft for an hour, so that apps can still add to it; in seconds. */
const draftTime = 3600;

const turn = (ctx: Context, subscription: Subscription, item: SubscriptionItem): void => {
  const cycle = item.price.recurring ?? { interval: "month", interval_count: 1 };
  const period = periodAt(subscription.billing_cycle_anchor, cycle, seconds(ctx));
  item.current_period_start = period.start;
  item.current_period_end = period.end;
};

const renewalLine = (world: World, ctx: Context, item: SubscriptionItem): InvoiceLine => {
  const quantity = item.quantity ?? 1;
  return itemLine(ctx, item, {
    amount: priceAmount(world, item.price, quantity),
    description: describeItem(world, item.price, quantity),
    period: { start: item.current_period_start, end: item.current_period_end },
    quantity,
  });
};

/** Begins the next period of every item whose period is over, and drafts the invoice for it. */
export const renewSubscription = (world: World, ctx: Context, subscription: Subscription): void => {
  const now = seconds(ctx);
  const due = subscription.items.data.filter((item) => item.current_period_end <= now);
  const started = Math.min(...due.map((item) => item.current_period_start));
  change(world, ctx, "customer.subscription.updated", subscription, (draft) => {
    if (draft.status === "trialing") draft.status = "active";
    for (const item of draft.items.data) if (item.current_period_end <= now) turn(ctx, draft, item);
    const lines = due.map((item) => renewalLine(world, ctx, item));
    const customer = need(world.customers, "customer", draft.customer as string, "customer");
    draft.latest_invoice = createInvoice(world, ctx, {
      customer,
      subscription: draft,
      lines,
      reason: "subscription_cycle",
      period: { start: started, end: now },
      finalizesAt: now + draftTime,
    }).id;
  });
};

/** Ends a trial now: the first paid period begins, unless there is no card and the rule says otherwise. */
export const endTrial = (world: World, ctx: Context, subscription: Subscription): void => {
  const now = seconds(ctx);
  const rule = subscription.trial_settings?.end_behavior.missing_payment_method ?? "create_invoice";
  const hasMethod = defaultMethodOf(world, subscription) !== undefined;
  if (!hasMethod && rule === "cancel") {
    cancelSubscription(world, ctx, subscription, "payment_failed");
    return;
  }
  if (subscription.trial_end !== now) {
    subscription.trial_end = now;
    subscription.billing_cycle_anchor = now;
    for (const item of subscription.items.data) item.current_period_end = now;
  }
  if (hasMethod || rule !== "pause") {
    renewSubscription(world, ctx, subscription);
    return;
  }
  subscription.status = "paused";
  subscription.status_details = {
    paused: {
      subscription: { type: "trial_end_without_payment_method" },
      transitioned_at: now,
      type: "subscription",
    },
  };
  emit(world, ctx, "customer.subscription.updated", subscription, { status: "trialing" });
  emit(world, ctx, "customer.subscription.paused", subscription);
};

/** Starts a paused subscription again, with a new period from now. */
export const resumeSubscription = (world: World, ctx: Context, subscription: Subscription): void => {
  const now = seconds(ctx);
  delete subscription.status_details;
  subscription.status = "active";
  subscription.billing_cycle_anchor = now;
  for (const item of subscription.items.data) item.current_period_end = now;
  renewSubscription(world, ctx, subscription);
  emit(world, ctx, "customer.subscription.resumed", subscription);
};
