import { invoicesOf } from "../../invoices/making/invoices-of.js";
import { voidInvoice } from "../../invoices/paying/finalize-invoice.js";
import { type Context, seconds } from "../../world/context.js";
import { emit } from "../../world/emit.js";
import { find } from "../../world/find.js";
import { missing } from "../../world/stripe-error.js";
import { touch } from "../../world/touch.js";
import type { Invoice, Subscription } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { type Cancellation, writeDetails } from "../terms/schedule-cancel.js";
import { endWithSubscription } from "./end-with-subscription.js";
import { dropPendingUpdate } from "./pending-update.js";

export type CancelReason = "cancellation_requested" | "payment_failed";

export const ended = (subscription: Subscription): boolean =>
  subscription.status === "canceled" || subscription.status === "incomplete_expired";

/** A living subscription; a cancelled one can no longer be changed. */
export const needLiving = (world: World, id: string, param = "id"): Subscription => {
  const subscription = find(world.subscriptions, id);
  if (!subscription || ended(subscription)) throw missing("subscription", id, param);
  return subscription;
};

/**
 * Stripe stops collecting what a cancelled subscription owes; it can still be paid.
 * https://docs.stripe.com/billing/subscriptions/cancel
 */
const stopCollection = (world: World, subscription: Subscription, last: Invoice | undefined): void => {
  for (const invoice of invoicesOf(world, subscription)) {
    if (invoice.id === last?.id || (invoice.status !== "draft" && invoice.status !== "open")) continue;
    invoice.auto_advance = false;
    invoice.automatically_finalizes_at = null;
    invoice.next_payment_attempt = null;
    touch(world, invoice.id);
  }
};

/** Ends a subscription now. Of its invoices, only the `last` one, which its end made, is still collected. */
export const cancelSubscription = (
  world: World,
  ctx: Context,
  subscription: Subscription,
  reason: CancelReason,
  details: Cancellation["cancellation_details"] = {},
  last?: Invoice,
): Subscription => {
  const now = seconds(ctx);
  subscription.status = "canceled";
  subscription.canceled_at ??= now;
  subscription.ended_at = now;
  writeDetails(subscription, details, reason);
  // What waited to end a pause no longer does, though its invoice can still be paid.
  if (Object.hasOwn(world.hidden.resumptions, subscription.id)) subscription.pending_update = null;
  dropPendingUpdate(world, ctx, subscription);
  stopCollection(world, subscription, last);
  delete subscription.status_details;
  delete world.hidden.resumptions[subscription.id];
  touch(world, subscription.id);
  emit(world, ctx, "customer.subscription.deleted", subscription);
  endWithSubscription(world, ctx, subscription, reason);
  return subscription;
};

/** A first payment that did not come within 23 hours: the subscription never was. */
export const expireIncomplete = (world: World, ctx: Context, subscription: Subscription): void => {
  subscription.status = "incomplete_expired";
  subscription.ended_at = seconds(ctx);
  emit(world, ctx, "customer.subscription.updated", subscription, { status: "incomplete", ended_at: null });
  const invoice = find<Invoice>(world.invoices, subscription.latest_invoice);
  if (invoice?.status === "open") voidInvoice(world, ctx, invoice);
  // Otherwise its phases would change a subscription that has ended.
  endWithSubscription(world, ctx, subscription, "payment_failed");
};
