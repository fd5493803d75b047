import { pendingItemsFor } from "../../invoices/items/pending-items.js";
import { usageLines } from "../../invoices/lines/usage-lines.js";
import { type Context, seconds } from "../../world/context.js";
import type { Invoice, InvoiceLine, Subscription } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { cancelSubscription } from "../changing/cancel-subscription.js";
import { draftCycle, pauseCollection } from "./renew-subscription.js";

const usageUntilNow = (world: World, ctx: Context, subscription: Subscription): InvoiceLine[] =>
  subscription.status === "paused"
    ? []
    : subscription.items.data.flatMap((item) => usageLines(world, ctx, subscription, item, seconds(ctx)));

/** Drafts what a subscription that ends still owes: its usage, and the prorations that wait for it. */
const lastInvoice = (world: World, ctx: Context, subscription: Subscription): Invoice | undefined => {
  const usage = usageUntilNow(world, ctx, subscription);
  if (usage.length === 0 && pendingItemsFor(world, subscription).length === 0) return undefined;
  const start = Math.min(...subscription.items.data.map((item) => item.current_period_start));
  const invoice = draftCycle(world, ctx, subscription, usage, start);
  subscription.latest_invoice = invoice.id;
  return invoice;
};

/**
 * Ends a subscription at the time that was planned; its last invoice is charged like any other.
 * https://docs.stripe.com/billing/subscriptions/cancel
 */
export const endAsPlanned = (world: World, ctx: Context, subscription: Subscription): void => {
  const invoice = lastInvoice(world, ctx, subscription);
  cancelSubscription(world, ctx, subscription, "cancellation_requested", {}, invoice);
  if (invoice) pauseCollection(world, ctx, subscription, invoice);
};
