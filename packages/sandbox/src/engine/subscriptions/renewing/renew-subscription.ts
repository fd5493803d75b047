import { usageLines } from "../../invoices/lines/usage-lines.js";
import { createInvoice, draftEnd } from "../../invoices/making/invoice.js";
import { markUncollectible, voidInvoice } from "../../invoices/paying/close-invoice.js";
import { finalizeInvoice } from "../../invoices/paying/finalize-invoice.js";
import { defaultMethodOf } from "../../invoices/paying/pay-invoice.js";
import { type Context, seconds } from "../../world/context.js";
import { change } from "../../world/emit.js";
import { need } from "../../world/find.js";
import type { Invoice, InvoiceLine, Subscription, SubscriptionItem } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { cancelSubscription } from "../changing/cancel-subscription.js";
import { enterPause } from "../changing/enter-pause.js";
import { periodLines } from "../lines/first-lines.js";
import { noteBilled } from "../terms/billed-item.js";
import { cycleOf, periodFrom, setPeriod } from "../terms/subscription-period.js";

/** Begins an item's next period, after the usage of the last one; it ends early if the subscription does. */
const renewItem = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  item: SubscriptionItem,
): InvoiceLine[] => {
  const usage = usageLines(world, ctx, subscription, item);
  const { billing_cycle_anchor: anchor, cancel_at } = subscription;
  const period = periodFrom(anchor, cycleOf(item.price, subscription), seconds(ctx), cancel_at);
  setPeriod(item, period);
  return [...usage, ...periodLines(world, ctx, subscription, item, period)];
};

/** Invoices of a subscription that is given up on, or whose collection is paused, stay drafts. */
const keepsDrafts = (subscription: Subscription): boolean =>
  subscription.status === "unpaid" || subscription.pause_collection?.behavior === "keep_as_draft";

/** What a pause of collection makes of a renewal's invoice. https://docs.stripe.com/billing/subscriptions/pause-payment */
export const pauseCollection = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  invoice: Invoice,
): void => {
  const behavior = subscription.pause_collection?.behavior;
  if (behavior !== "void" && behavior !== "mark_uncollectible") return;
  finalizeInvoice(world, ctx, invoice);
  if (behavior === "void") voidInvoice(world, ctx, invoice);
  else markUncollectible(world, ctx, invoice, "subscription_paused");
};

/** Drafts the invoice of a cycle that is over, since `start` (in seconds). */
export const draftCycle = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  lines: InvoiceLine[],
  start: number,
): Invoice => {
  const stays = keepsDrafts(subscription);
  return createInvoice(world, ctx, {
    customer: need(world.customers, "customer", subscription.customer as string, "customer"),
    subscription,
    lines,
    reason: "subscription_cycle",
    period: { start, end: seconds(ctx) },
    finalizesAt: stays ? null : draftEnd(world, ctx),
    ...(stays ? { details: { auto_advance: false } } : {}),
  });
};

/** Begins the next period of every item whose period is over, and drafts the invoice for it. */
export const renewSubscription = (world: World, ctx: Context, subscription: Subscription): void => {
  const now = seconds(ctx);
  const due = subscription.items.data.filter((item) => item.current_period_end <= now);
  const started = Math.min(...due.map((item) => item.current_period_start));
  let invoice: Invoice | undefined;
  change(world, ctx, "customer.subscription.updated", subscription, (draft) => {
    if (draft.status === "trialing") draft.status = "active";
    const lines = draft.items.data
      .filter((item) => item.current_period_end <= now)
      .flatMap((item) => renewItem(world, ctx, draft, item));
    invoice = draftCycle(world, ctx, draft, lines, started);
    noteBilled(world, invoice.lines.data);
    draft.latest_invoice = invoice.id;
  });
  if (invoice) pauseCollection(world, ctx, subscription, invoice);
};

/** Ends a trial at its time: the first paid period begins, unless there is no card and the rule says otherwise. */
export const endTrial = (world: World, ctx: Context, subscription: Subscription): void => {
  const { missing_payment_method: rule = "create_invoice", billing_cycle_anchor: anchor } =
    subscription.trial_settings?.end_behavior ?? {};
  const pays =
    subscription.collection_method === "send_invoice" || defaultMethodOf(world, subscription) !== undefined;
  if (!pays && rule === "cancel") {
    cancelSubscription(world, ctx, subscription, "cancellation_requested");
    return;
  }
  if (!pays && rule === "pause") {
    enterPause(world, ctx, subscription, "trial_end_without_payment_method");
    return;
  }
  if (anchor === "now") subscription.billing_cycle_anchor = seconds(ctx);
  renewSubscription(world, ctx, subscription);
};
